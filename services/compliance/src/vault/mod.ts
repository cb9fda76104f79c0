/** The door of the vault: persons, what is sealed for them, and the receipts that prove what was done. */
export { findAny } from './command/find-subjects.ts';
export { type Countries, namedAs, namedIn } from './command/read-identifiers.ts';
export type { Subject, SubjectId } from './decide/subject.ts';
export type { KeyRing } from './keep/key-ring.ts';
export type { Receipts } from './keep/receipts.ts';
export { indexTag, type Subjects, subjectDocumentKey } from './keep/subjects.ts';
export type { Box, Vault } from './keep/vault.ts';
