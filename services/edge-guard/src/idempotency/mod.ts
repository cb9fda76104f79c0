export { idempotency } from './accept/idempotency.ts';
export type { Once } from './command/begin-once.ts';
