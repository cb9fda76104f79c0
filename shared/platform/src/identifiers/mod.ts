export { emailForm } from './email-address.ts';
export {
  type CanonicalIdentifier,
  identifierHint,
  readIdentifier,
  readIdentifiers,
  readSubject,
} from './read-identifier.ts';
