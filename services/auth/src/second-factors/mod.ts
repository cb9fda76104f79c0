export { hasFactor, type PendingLoginDependencies, pendingLoginOf } from './command/pending-login.ts';
