import { Fault } from '@vox/platform/fault';
import type { Asked, Credential } from '../reach/http/credential.ts';
import { worded } from '../reach/http/problem.ts';
import { send } from '../reach/http/send.ts';
import type { Person } from '../reach/person.ts';
import { type Jar, jarOf } from './jar.ts';
import type { LoginsKept } from './kept-logins.ts';
import { cookieOf, ownPage, posting } from './own-page.ts';
import { factorKindsIn, stepUp } from './step-up.ts';

/** The jar of a kept login. What the server renews is kept at once. */
export function jarKept(kept: LoginsKept, origin: string): Jar {
  const { isSignedIn = false, cookies = {} } = kept.of(origin) ?? {};
  const jar: Jar = jarOf(cookies, () => kept.keep(origin, { isSignedIn, cookies: jar.cookies() }));
  return jar;
}

/** Sends with the cookie of a login. Where a fresh code is wanted, asks whoever is there for it and sends again. */
export function loginCredential(origin: string, jar: Jar, person: Person): Credential {
  function sendOnce({ method, target, body, ifMatch, timeoutMs }: Asked): Promise<unknown> {
    const headers = {
      ...(method !== 'GET' && ownPage(origin)),
      ...cookieOf(jar),
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
    };
    return send(origin, { method, target, body, headers, onCookies: jar.keep, ...(timeoutMs && { timeoutMs }) });
  }
  const ownFactors = async (): Promise<readonly string[]> =>
    factorKindsIn(await sendOnce({ method: 'GET', target: '/api/v1/second-factors' }));
  async function sendFresh(asked: Asked): Promise<unknown> {
    try {
      return await sendOnce(asked);
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'STEP_UP_REQUIRED' || !person.isTerminal) throw error;
      await stepUp(posting(origin, jar), person, await ownFactors());
      return sendOnce(asked);
    }
  }
  return {
    send: (asked) =>
      sendFresh(asked).catch((error) => {
        throw worded(error, 'login');
      }),
  };
}
