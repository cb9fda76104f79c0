export { beginUnderKey } from './accept/begin-under-key.ts';
export { idempotency } from './accept/idempotency.ts';
export type { Once, OnceDependencies } from './command/begin-once.ts';
