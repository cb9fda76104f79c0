export { freshSetting } from './fresh-setting.ts';
export { certificates, count, dollars, environment, flag, list, positive, secretBytes } from './kinds.ts';
export { oldestServers, oldServer } from './oldest-servers.ts';
export { ConfigError, type ConfigRule, readConfig } from './read-config.ts';
export {
  bootstrapSettings,
  busSettings,
  refusedInProduction,
  requiredInProduction,
  serviceSettings,
  storeSettings,
} from './settings.ts';
export { addressesOf, httpUrl, mongoUrl, redisUrl, url, urls } from './urls.ts';
