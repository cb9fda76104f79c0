export { askSecret } from './command/ask-secret.ts';
export { hangUp } from './command/hang-up.ts';
export type { ReadAgent } from './command/read-agent.ts';
export type { ClientSecret, Provider } from './publish/provider.ts';
