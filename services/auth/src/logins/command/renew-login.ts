import { Fault } from '@vox/platform/fault';
import { isLive, type Login, type LoginRules, renewed } from '../decide/login.ts';
import type { Logins } from '../keep.ts';
import { type IssueDependencies, type IssuedLogin, issueLogin } from './issue-login.ts';
import { type ProveLoginDependencies, proveLogin } from './prove-login.ts';

export type RenewLoginDependencies = ProveLoginDependencies &
  IssueDependencies &
  Readonly<{ logins: Pick<Logins, 'read' | 'update'>; loginRules: LoginRules }>;

/** A later token of the same login. */
export async function renewLogin(dependencies: RenewLoginDependencies, token: string): Promise<IssuedLogin> {
  const { loginId, membership } = await proveLogin(dependencies, token);
  const login = await changeLive(dependencies, loginId, (login, nowMs) =>
    renewed(login, dependencies.loginRules, nowMs),
  );
  return issueLogin(dependencies, loginId, login, membership);
}

/** Changes a login that still lives. Throws Fault AUTH_REQUIRED for one that does not. */
export async function changeLive(
  { logins, clock }: Pick<RenewLoginDependencies, 'logins' | 'clock'>,
  loginId: string,
  change: (login: Login, nowMs: number) => Login,
): Promise<Login> {
  const nowMs = clock.now().getTime();
  const changed = await logins.update<Login | undefined>(loginId, (login) => {
    if (!isLive(login, nowMs)) return { result: undefined };
    const state = change(login, nowMs);
    return { result: state, state };
  });
  if (changed === undefined) throw new Fault('AUTH_REQUIRED');
  return changed;
}
