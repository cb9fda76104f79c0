export { type StatusResponder, statusResponder } from './accept/responders.ts';
export { type ShowPlatformDependencies, showPlatform } from './command/show-platform.ts';
