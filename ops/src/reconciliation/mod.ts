export type { LedgerSource } from './open.ts';
export { type Report, reconcile } from './report.ts';
