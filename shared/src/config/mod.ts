export { count, dollars, environment, flag, list, positive, secretBytes } from './kinds.ts';
export { ConfigError, readConfig } from './read-config.ts';
