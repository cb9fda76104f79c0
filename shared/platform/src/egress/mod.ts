export { isLoopbackAddress, isPublicAddress } from './addresses.ts';
export { type Egress, type EgressOptions, type EgressRequest, egress } from './egress.ts';
export type { EgressFailure, EgressOutcome } from './outcome.ts';
export { dnsResolve, type Resolve } from './resolve.ts';
export { egressSettings, wayOutOf } from './settings.ts';
export { readTarget, type TargetRefusal } from './target.ts';
