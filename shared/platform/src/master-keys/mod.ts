export {
  type MasterKeyKeeping,
  type MasterKeyProviderName,
  type MasterKeys,
  masterKeyProviders,
  type NewestMasterKey,
  type WrappedKey,
} from './master-keys.ts';
