import { EndLogin } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { Fault } from '@vox/platform/fault';
import { soon } from '../../checks/mod.ts';
import type { WithCookies } from '../decide/answer.ts';
import { type CookieNames, cookieText } from '../decide/cookies.ts';

/** Ends the login of a browser everywhere. Whoever has none, or one that is over, is signed out already. */
export const signOut =
  ({ bus, cookies }: Readonly<{ bus: Pick<Bus, 'ask'>; cookies: CookieNames }>) =>
  async ({
    browser,
  }: Readonly<{ browser: Readonly<{ login: string | undefined }> }>): Promise<WithCookies<{ ok: true }>> => {
    if (browser.login !== undefined)
      await bus.ask(EndLogin, { login: browser.login }, soon).catch((error: unknown) => {
        if (!(error instanceof Fault) || error.code !== 'AUTH_REQUIRED') throw error;
      });
    return { answer: { ok: true }, cookies: [cookieText(cookies.login, '', 0)] };
  };
