import { type Asked, check } from '../../checks/mod.ts';
import { type PlaceDependencies, placeOf } from '../command/place-of.ts';
import type { Browser } from '../decide/browser.ts';
import { type CookieNames, cookieOf } from '../decide/cookies.ts';
import { deviceOf } from '../decide/device.ts';

type BrowserDependencies = PlaceDependencies & Readonly<{ cookies: CookieNames }>;

/** Reads what a browser shows of itself. Neither its address nor what it calls itself goes any further. */
export const browser = check({
  name: 'browser',
  whenDown: 'no store',
  run:
    (dependencies: BrowserDependencies) =>
    ({ request, ip }: Asked & Readonly<{ ip: string }>): { browser: Browser } => {
      const { cookies } = dependencies;
      const header = request.get('cookie');
      return {
        browser: {
          device: deviceOf(request.get('user-agent')),
          place: placeOf(dependencies, ip),
          login: cookieOf(header, cookies.login),
          challengeToken: cookieOf(header, cookies.challenge),
          deviceToken: cookieOf(header, cookies.device)?.slice(0, 64),
        },
      };
    },
});
