export type { KeyRing } from './command/key-ring.ts';
export { findAny, namedIn } from './command/read-identifiers.ts';
export type { Receipts } from './command/receipts.ts';
export type { Box, Vault } from './command/vault.ts';
export { subjectCell } from './keep/keys.ts';
