import { SendCode } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { soon } from '../../checks/mod.ts';
import type { WithCookies } from '../decide/answer.ts';
import { type CookieNames, cookieText } from '../decide/cookies.ts';
import type { Login } from './find-login.ts';

export type SendCodeDependencies = Readonly<{ bus: Pick<Bus, 'ask'>; cookies: CookieNames }>;

type Browser = Readonly<{ challengeToken: string | undefined }>;
type Asked = Readonly<{ browser: Browser; body: Readonly<{ email: string; tenantId?: string | undefined }> }>;
type Sent = Readonly<{ ok: true; message: string; expiresIn: number; challengeToken: string }>;

/** A browser that gave a right code is known by its challenge for so long: strangers do not hinder it. */
const challengeSeconds = 90 * 86_400;

const sent = (
  { cookies }: SendCodeDependencies,
  { challengeToken, expiresInSeconds }: Readonly<{ challengeToken: string; expiresInSeconds: number }>,
): WithCookies<Sent> => ({
  answer: {
    ok: true,
    message: 'If this address may sign in here, a code is on its way.',
    expiresIn: expiresInSeconds,
    challengeToken,
  },
  cookies: [cookieText(cookies.challenge, challengeToken, challengeSeconds)],
});

/** Asks for a code for an address. The answer says nothing of whether the address may sign in. */
export const sendCode =
  (dependencies: SendCodeDependencies) =>
  async ({ browser, body }: Asked): Promise<WithCookies<Sent>> => {
    const asked = { purpose: 'login' as const, ...body, challengeToken: browser.challengeToken };
    return sent(dependencies, await dependencies.bus.ask(SendCode, asked, soon));
  };

/** Asks for a code for the member who is signed in. */
export const sendStepUpCode =
  (dependencies: SendCodeDependencies) =>
  async ({ login, browser }: Readonly<{ login: Login; browser: Browser }>): Promise<WithCookies<Sent>> => {
    const asked = { purpose: 'step-up' as const, login: login.token, challengeToken: browser.challengeToken };
    return sent(dependencies, await dependencies.bus.ask(SendCode, asked, soon));
  };
