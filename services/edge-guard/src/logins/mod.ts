export { csrf, type OwnPages, ownPage, refuseForgery } from './accept/csrf.ts';
export { type LoginDependencies, login, loginTokenOf } from './accept/login.ts';
export { type FindLoginDependencies, findLogin, type Login } from './command/find-login.ts';
export type { CookieNames } from './decide/cookies.ts';
