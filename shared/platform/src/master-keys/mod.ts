export { givenMasterKeys } from './keeping.ts';
export {
  type MasterKeyKeeping,
  type MasterKeyProviderName,
  type MasterKeys,
  masterKeyProviders,
  type NewestMasterKey,
  type WrappedKey,
} from './master-keys.ts';
export { type MasterKeyLifecycle, openMasterKeys } from './open-master-keys.ts';
export { masterKeyRules, masterKeySettings } from './settings.ts';
export { readWrappedKey, type WrappedParts, wrappedKey } from './wrapped-key.ts';
