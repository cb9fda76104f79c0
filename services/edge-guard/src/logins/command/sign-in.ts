import { SignIn, StepUp } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { Fault } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import { soon } from '../../checks/mod.ts';
import type { WithCookies } from '../decide/answer.ts';
import type { Browser } from '../decide/browser.ts';
import type { CookieNames } from '../decide/cookies.ts';
import type { Login } from './find-login.ts';
import { loginCookie } from './keep-login.ts';
import { type SignedIn, signedIn } from './signed-in.ts';

export type SignInDependencies = Readonly<{
  bus: Pick<Bus, 'ask'>;
  cookies: CookieNames;
  clock: Pick<Clock, 'now'>;
}>;

type Code = Readonly<{ code: string; challengeToken?: string | undefined }>;
type Asked = Readonly<{
  browser: Browser;
  body: Code & Readonly<{ email: string; tenantId?: string | undefined; invitation?: string | undefined }>;
}>;

/** Whoever says which browser asked for the code is believed by the body first: a program has no cookies. */
function challengeOf({ challengeToken }: Code, browser: Pick<Browser, 'challengeToken'>): string {
  const token = challengeToken ?? browser.challengeToken;
  if (token === undefined) throw new Fault('INVALID_OTP');
  return token;
}

/** Signs in whoever has the code. The token goes into the cookie alone. */
export const signIn =
  ({ bus, cookies, clock }: SignInDependencies) =>
  async ({ browser, body }: Asked): Promise<WithCookies<SignedIn>> => {
    const { login: replaces, device, place, deviceToken } = browser;
    const challengeToken = challengeOf(body, browser);
    const asked = { ...body, challengeToken, replaces, device, place, deviceToken };
    return signedIn({ cookies, clock }, await bus.ask(SignIn, asked, soon));
  };

type SteppedUp = Readonly<{ ok: true; freshUntil: string | null }>;

/** Makes a login fresh for whoever has the code that was sent for that. */
export const stepUp =
  ({ bus, cookies, clock }: SignInDependencies) =>
  async (asked: Readonly<{ login: Login; browser: Browser; body: Code }>): Promise<WithCookies<SteppedUp>> => {
    const { login, browser, body } = asked;
    const challengeToken = challengeOf(body, browser);
    const issued = await bus.ask(StepUp, { login: login.token, code: body.code, challengeToken }, soon);
    return {
      answer: { ok: true, freshUntil: issued.session.freshUntil },
      cookies: [loginCookie(cookies, issued, clock.now().getTime())],
    };
  };
