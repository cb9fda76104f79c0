export { type MemberChangeDependencies, onMemberChange } from './command/end-login.ts';
export { type ExportLoginsDependencies, exportLogins } from './command/export-logins.ts';
export type { IssuedLogin } from './command/issue-login.ts';
export type { LoginGate } from './command/login-gate.ts';
export { type ProvedLogin, type ProveLoginDependencies, proveLogin } from './command/prove-login.ts';
export { memberActing } from './command/revoke-logins.ts';
export { type StartInPlaceDependencies, startInPlace } from './command/start-in-place.ts';
export {
  type From,
  type StartedLogin,
  type StartLoginDependencies,
  startLogin,
} from './command/start-login.ts';
export { type FreshenDependencies, freshen } from './command/step-up.ts';
export type { LoginRules } from './decide/login.ts';
