import type { LoginSession } from '@vox/contracts';
import { seen } from '../decide/login.ts';
import type { Logins } from '../keep.ts';
import { sessionOf } from './issue-login.ts';
import { type ProveLoginDependencies, proveLogin } from './prove-login.ts';

export type ShowLoginDependencies = ProveLoginDependencies & Readonly<{ logins: Pick<Logins, 'read' | 'tryUpdate'> }>;

/** Whose login this is. It is thereby seen. */
export async function showLogin(dependencies: ShowLoginDependencies, token: string): Promise<LoginSession> {
  const { loginId, login, membership } = await proveLogin(dependencies, token);
  const nowMs = dependencies.clock.now().getTime();
  if (seen(login, nowMs) !== undefined)
    await dependencies.logins.tryUpdate(loginId, (known) => {
      const state = known?.endedAtMs === null ? seen(known, nowMs) : undefined;
      return state === undefined ? {} : { state };
    });
  return sessionOf(loginId, login, membership, nowMs);
}
