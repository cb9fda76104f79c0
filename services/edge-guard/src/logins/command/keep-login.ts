import { RenewLogin, ShowLogin } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { Fault } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import { LRUCache } from 'lru-cache';
import { soon } from '../../checks/mod.ts';
import { type CookieNames, cookieText } from '../decide/cookies.ts';
import type { Login } from './find-login.ts';

const seenEveryMs = 300_000;
const rememberedMax = 10_000;

/** Which logins this copy has told auth of lately, by when. */
export type SeenLogins = Readonly<{ isNews: (loginId: string, nowMs: number) => boolean }>;

export function seenLogins(): SeenLogins {
  const seen = new LRUCache<string, number>({ max: rememberedMax });
  return {
    isNews(loginId, nowMs) {
      if (nowMs - (seen.get(loginId) ?? Number.NEGATIVE_INFINITY) < seenEveryMs) return false;
      seen.set(loginId, nowMs);
      return true;
    },
  };
}

export type KeepLoginDependencies = Readonly<{
  bus: Pick<Bus, 'ask'>;
  cookies: CookieNames;
  seenLogins: SeenLogins;
  clock: Pick<Clock, 'now'>;
}>;

/**
 * Keeps a login that is used: when half of its time is over it gets a later token, whose cookie is answered. Else auth
 * hears now and then that it was seen, and nobody waits for that. While auth does not answer, the login is good as it
 * stands.
 */
export async function keepLogin(dependencies: KeepLoginDependencies, login: Login): Promise<string | undefined> {
  const { bus, cookies, clock } = dependencies;
  const nowMs = clock.now().getTime();
  const isHalfOver = nowMs > (login.issuedAtMs + login.expiresAtMs) / 2;
  if (!dependencies.seenLogins.isNews(login.loginId, nowMs)) return undefined;
  if (!isHalfOver) {
    void bus.ask(ShowLogin, { login: login.token }, soon).catch(() => undefined);
    return undefined;
  }
  const renewed = await bus.ask(RenewLogin, { login: login.token }, soon).catch((error: unknown) => {
    if (error instanceof Fault && error.code === 'AUTH_REQUIRED') throw error;
    return undefined;
  });
  return renewed && loginCookie(cookies, renewed, nowMs);
}

type Issued = Readonly<{ token: string; session: Readonly<{ expiresAt: string }> }>;

/** The cookie of a login, for as long as its token lives. */
export const loginCookie = ({ login }: CookieNames, { token, session }: Issued, nowMs: number): string =>
  cookieText(login, token, (Date.parse(session.expiresAt) - nowMs) / 1_000);
