import type { SessionClaims, Verified } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { Request } from 'express';
import type { Needs } from '../../dependencies.ts';
import { bearerOf } from '../decide/bearer.ts';

/** The token of an Authorization header. Throws Fault INVALID_REQUEST where there is a bearer's header that holds none. */
export function bearer(request: Request): string | undefined {
  const given = bearerOf(request.get('authorization'));
  if (given !== 'malformed') return given?.token;
  throw new Fault('INVALID_REQUEST', {
    issues: [{ path: 'Authorization', message: 'must be the word Bearer, a space and one token' }],
  });
}

/** The login of a console user, from its cookie. Cookies have no other use here. */
export const loginCookie = (request: Request): string | undefined =>
  /(?:^|;\s*)tenant_session=([A-Za-z0-9._-]+)(?:;|$)/.exec(request.get('cookie') ?? '')?.[1];

/** The session that a token speaks for. It must be of exactly the session that is named, if one is. */
export async function sessionOf(
  needs: Needs,
  token: string | undefined,
  named?: string | undefined,
): Promise<Verified<SessionClaims>> {
  if (token === undefined) throw new Fault('AUTH_REQUIRED');
  const verified = await needs.verifySession(token, needs.clock.now());
  if (named !== undefined && verified.subject !== named) throw new Fault('NOT_FOUND');
  return verified;
}
