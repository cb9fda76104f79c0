export { childEnv } from './child-env.ts';
export { type Crashes, crashes, crashingBus, turns } from './crashes.ts';
export { eventually } from './eventually.ts';
export { furnish } from './furnished.ts';
export { hostileColours, hostileIds, hostileOrigins, hostileUrls, hostileWords } from './hostile.ts';
export { type NatsGroup, type NatsNode, natsCluster } from './nats-cluster.ts';
export { type NatsWithRights, natsWithRights } from './nats-with-rights.ts';
export { someOffer } from './offer.ts';
export { someAgents, someLimits, someOrigin, somePolicy, someWidgetKey } from './policy.ts';
export { type RedisGroup, redisCluster, redisSentinel } from './redis-groups.ts';
export { note, skipped } from './report.ts';
export {
  type CertificateFiles,
  type Credentials,
  mongoServer,
  natsServer,
  redisServer,
  type SecuredMongo,
  type SecuredRedis,
} from './servers.ts';
export { settled } from './settle.ts';
export type { TestServer } from './spawned.ts';
export { ended, freePort } from './spawned.ts';
export { testStores } from './stores.ts';
export { kubernetesSchemas, opsTool } from './tools.ts';
export { withoutDrawn } from './without-drawn.ts';
