export { isCodeRefused, type MustUseProviderDependencies } from './command/must-use-provider.ts';
