import { send } from '../reach/http/send.ts';
import type { Jar } from './jar.ts';

/** The headers of a request that changes something by cookie: the server wants to know that no other page made it. */
export const ownPage = (origin: string): Record<string, string> => ({
  ...{ origin, 'x-vox-request': '1', 'content-type': 'application/json' },
});

export const cookieOf = (jar: Jar): Record<string, string> => {
  const cookie = jar.header();
  return cookie === undefined ? {} : { cookie };
};

export type Post = (target: string, body?: object) => Promise<unknown>;

/** Sends to the server's own page of sign-in, and keeps its cookies. */
export const posting =
  (origin: string, jar: Jar): Post =>
  (target, body = {}) =>
    send(origin, {
      ...{ method: 'POST', target, body: JSON.stringify(body), onCookies: jar.keep },
      headers: { ...ownPage(origin), ...cookieOf(jar) },
    });
