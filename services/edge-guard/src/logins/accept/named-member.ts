import { Fault } from '@vox/platform/fault';
import { type Asked, check } from '../../checks/mod.ts';
import { type FindLoginDependencies, memberOfToken } from '../command/find-login.ts';
import type { Browser } from '../decide/browser.ts';

/**
 * Refuses a request whose page shows another member than the login is of. Tabs of a browser share one cookie: somebody
 * may have signed in to another tenant in one of them, and the others still show the first. `X-Vox-Member` holds the id
 * of the member, which is of one tenant alone. Throws Fault AUTH_REQUIRED.
 */
export function refuseOtherMember(request: Asked['request'], memberId: string): void {
  const named = request.get('x-vox-member');
  if (named !== undefined && named !== memberId) throw new Fault('AUTH_REQUIRED');
}

/** Refuses to end the login of another member than the page shows. A login that is over may be ended by anybody. */
export const namedMember = check({
  name: 'named member',
  whenDown: 'no store',
  run:
    (dependencies: Pick<FindLoginDependencies, 'verifyLogin' | 'clock'>) =>
    async ({ request, browser: { login } }: Asked & Readonly<{ browser: Pick<Browser, 'login'> }>): Promise<void> => {
      const memberId = login === undefined ? undefined : await memberOfToken(dependencies, login);
      if (memberId !== undefined) refuseOtherMember(request, memberId);
    },
});
