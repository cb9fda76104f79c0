import { Fault } from '@vox/platform/fault';
import type { Request } from 'express';
import { type Asked, check } from '../../checks/mod.ts';
import { type FindLoginDependencies, findLogin, type Login } from '../command/find-login.ts';
import { type KeepLoginDependencies, keepLogin } from '../command/keep-login.ts';
import { type CookieNames, cookieOf } from '../decide/cookies.ts';
import { refuseOtherMember } from './named-member.ts';

/** The token of the login cookie, if the request has one. */
export const loginTokenOf = ({ login }: CookieNames, request: Request): string | undefined =>
  cookieOf(request.get('cookie'), login);

export type LoginDependencies = FindLoginDependencies & KeepLoginDependencies;

/** A page says so where it asks by itself. Perhaps nobody sits before it, so that keeps no login. */
const isByItself = (request: Request): boolean => request.get('x-vox-refresh') !== undefined;

/**
 * Finds the member who is signed in, by the login cookie, and keeps the login that is used. A page that names another
 * member is refused before.
 */
export const login = check({
  name: 'login',
  // Whether a login was revoked must be known: a copy that may have missed it refuses.
  whenDown: 'deny',
  run:
    (dependencies: LoginDependencies) =>
    async ({ request, response }: Asked): Promise<{ login: Login; tenantId: string }> => {
      const token = loginTokenOf(dependencies.cookies, request);
      if (token === undefined) throw new Fault('AUTH_REQUIRED');
      const found = await findLogin(dependencies, token);
      refuseOtherMember(request, found.memberId);
      const cookie = isByItself(request) ? undefined : await keepLogin(dependencies, found);
      if (cookie !== undefined) response.append('Set-Cookie', cookie);
      return { login: found, tenantId: found.tenantId };
    },
});
