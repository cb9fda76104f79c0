export { forgetLink } from './command/forget-link.ts';
export { isCodeRefused, type MustUseProviderDependencies } from './command/must-use-provider.ts';
export { resealClientSecrets } from './command/reseal-client-secrets.ts';
