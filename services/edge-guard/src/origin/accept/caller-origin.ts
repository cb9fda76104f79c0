import { Fault } from '@vox/platform/fault';
import type { Request } from 'express';
import { type Asked, check } from '../../checks/mod.ts';
import type { Caller } from '../../identity/mod.ts';
import { refuseForgery } from '../../logins/mod.ts';
import { mayCallFrom } from '../../tenant/mod.ts';
import { isOfTokenOrigin, type OwnOrigins } from './token-origin.ts';

/** The origin of the page that asks, or `undefined` where it may not ask for this caller. */
function originOf(dependencies: OwnOrigins, request: Request, caller: Caller): string | undefined {
  const origin = request.get('origin');
  switch (caller.kind) {
    case 'token':
      return isOfTokenOrigin(dependencies, request, caller) ? caller.claims.origin : undefined;
    case 'key':
      return mayCallFrom(caller.key, origin) ? origin : undefined;
    case 'login':
      // A browser sends cookies along with what other pages ask, so only a page of our own may use one.
      if (!dependencies.publicOrigins.has(origin ?? '')) return undefined;
      refuseForgery(dependencies, request);
      return origin;
  }
}

/** Refuses a page that may not ask for this caller. */
export const callerOrigin = check({
  name: 'origin',
  whenDown: 'no store',
  run:
    (dependencies: OwnOrigins) =>
    ({ request, caller }: Asked & Readonly<{ caller: Caller }>): { origin: string } => {
      const origin = originOf(dependencies, request, caller);
      if (origin === undefined) throw new Fault('ORIGIN_MISMATCH');
      return { origin };
    },
});
