export { addressLimit } from './accept/address-limit.ts';
export { callLimit } from './accept/call-limit.ts';
export { type AddressCountDependencies, addressDimension, type Counted, count, counted } from './accept/count.ts';
export { guessLimit } from './accept/guess-limit.ts';
export { knownAddressLimit } from './accept/known-address-limit.ts';
export { strangerLimit } from './accept/stranger-limit.ts';
export { userLimit } from './accept/user-limit.ts';
export type { DenyCache } from './keep/deny-cache.ts';
export type { ForgettingLimits } from './keep/limits.ts';
