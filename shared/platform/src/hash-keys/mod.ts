export { derivedHashKeys, type HashKeyStore, type HashKeys, hashKeyDocuments, openHashKeys } from './hash-keys.ts';
