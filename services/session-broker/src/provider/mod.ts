export { askSecret } from './command/ask-secret.ts';
export { hangUp } from './command/hang-up.ts';
export type { BegunCall, MakeCall } from './command/make-call.ts';
export { hasNoDocument, type ReadAgent } from './command/read-agent.ts';
export { dependencyOf } from './decide/names.ts';
export {
  type CallAt,
  type ClientSecret,
  ProviderFailure,
  type Providers,
  type SettingsWanted,
  type Sideband,
  type SidebandListener,
} from './publish/provider.ts';
