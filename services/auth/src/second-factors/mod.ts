export { resealFactors } from './command/enrol-totp.ts';
export { exportFactors, forgetFactors } from './command/forget-factors.ts';
export { hasFactor, type PendingLoginDependencies, pendingLoginOf } from './command/pending-login.ts';
