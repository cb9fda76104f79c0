export { exportFactors, forgetFactors } from './command/forget-factors.ts';
export { hasFactor, type PendingLoginDependencies, pendingLoginOf } from './command/pending-login.ts';
export { resealFactors } from './command/reseal-factors.ts';
