export { namedTenant } from './accept/named-tenant.ts';
export { tenantOfRefusals } from './accept/tenant-of-refusals.ts';
export { tenantOpen } from './accept/tenant-open.ts';
export {
  currentOrUnavailable,
  type KeyDependencies,
  keyInForce,
  revocationsOrUnavailable,
} from './command/key-in-force.ts';
export { mayCallFrom } from './decide/widget-key.ts';
export type { Policies, Revocations } from './keep/policies.ts';
