export {
  type CanonicalIdentifier,
  identifierHint,
  readIdentifier,
  readIdentifiers,
  readSubject,
} from './read-identifier.ts';
