export { type MemberChangeDependencies, onMemberChange } from './command/end-login.ts';
export { type ExportLoginsDependencies, exportLogins } from './command/export-logins.ts';
export { type ProvedLogin, type ProveLoginDependencies, proveLogin } from './command/prove-login.ts';
export {
  type From,
  type StartedLogin,
  type StartLoginDependencies,
  startLogin,
} from './command/start-login.ts';
