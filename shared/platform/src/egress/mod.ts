export { isLoopbackAddress, isPublicAddress } from './addresses.ts';
export { type Egress, type EgressOptions, type EgressOutcome, type EgressRequest, egress } from './egress.ts';
export type { Resolve } from './resolve.ts';
export { readTarget, type TargetRefusal } from './target.ts';
