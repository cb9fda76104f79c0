export { type Named, readIdentifier, readIdentifiers, readSubject, wantedOf } from './read-identifier.ts';
