import type { FactorMethod, PendingLogin, SignIn } from '@vox/contracts';
import type { Clock } from '@vox/platform/time';
import type { z } from 'zod';
import type { WithCookies } from '../decide/answer.ts';
import { type CookieNames, cookieText } from '../decide/cookies.ts';
import { loginCookie } from './keep-login.ts';

const deviceSeconds = 400 * 86_400;
/** As long as whoever gave a right code has for the second factor. */
const pendingSeconds = 300;

/** A login, or what stands between the code and one. */
export type SignedIn = Readonly<
  | { ok: true; session: { email: string; sessionId: string; expiresAt: string } }
  | { ok: true; next: 'second-factor'; methods: FactorMethod[] }
>;

type SignInDependencies = Readonly<{ cookies: CookieNames; clock: Pick<Clock, 'now'> }>;

const isPending = (reply: z.infer<(typeof SignIn)['reply']>): reply is PendingLogin => 'pending' in reply;

/**
 * The answer to whoever signs in, whatever auth says. Every token goes into a cookie alone. `over` is the name of a
 * cookie that has served its turn.
 */
export function signedIn(
  { cookies, clock }: SignInDependencies,
  reply: z.infer<(typeof SignIn)['reply']>,
  over?: string,
): WithCookies<SignedIn> {
  if (isPending(reply))
    return {
      answer: { ok: true, next: reply.next, methods: reply.methods },
      cookies: [cookieText(cookies.pending, reply.pending, pendingSeconds)],
    };
  const { email, loginId: sessionId, expiresAt } = reply.session;
  const known = reply.deviceToken;
  return {
    answer: { ok: true, session: { email, sessionId, expiresAt } },
    cookies: [
      loginCookie(cookies, reply, clock.now().getTime()),
      ...(over === undefined ? [] : [cookieText(over, '', 0)]),
      ...(known === null ? [] : [cookieText(cookies.device, known, deviceSeconds)]),
    ],
  };
}
