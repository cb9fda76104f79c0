import { Fault } from '@vox/platform/fault';
import { originOf } from '../reach/http/address.ts';
import { worded } from '../reach/http/problem.ts';
import type { Person } from '../reach/person.ts';
import { Mistake } from '../text/sentences.ts';
import { jarOf } from './jar.ts';
import { keptLogins } from './kept-logins.ts';
import { jarKept } from './login-credential.ts';
import { posting } from './own-page.ts';
import { type SignInOptions, signIn } from './sign-in.ts';

/** What `vox login` and `vox logout` do. */
export type Account = Readonly<{
  /** Signs in and keeps the login. Answers the address of the server. */
  signIn: (url: string, options: SignInOptions) => Promise<string>;
  /** Ends the login, at this server or at the one that was signed in to last. Answers its address. */
  signOut: (url: string | undefined) => Promise<string>;
}>;

export function accountOf(env: Readonly<Record<string, string | undefined>>, person: Person): Account {
  const kept = keptLogins(env);
  return {
    async signIn(url, options) {
      const origin = originOf(url, '<url>');
      if (!person.isTerminal)
        throw new Mistake(['vox login asks for codes: run it in a terminal; a script uses an API key, VOX_API_KEY']);
      // Nothing is kept before all of it is done. A device that is known keeps its name.
      const jar = jarOf(kept.of(origin)?.cookies ?? {});
      try {
        await signIn(posting(origin, jar), person, options);
      } catch (error) {
        throw worded(error, 'login');
      }
      kept.keep(origin, { isSignedIn: true, cookies: jar.cookies() });
      return origin;
    },
    async signOut(url) {
      const origin = url === undefined ? kept.current() : originOf(url, '<url>');
      if (origin === undefined || kept.of(origin)?.isSignedIn !== true) throw new Mistake(['you are not signed in']);
      const jar = jarKept(kept, origin);
      try {
        await posting(origin, jar)('/api/auth/logout');
      } catch (error) {
        if (!(error instanceof Fault && error.code === 'AUTH_REQUIRED')) throw worded(error, 'login');
      }
      kept.keep(origin, { isSignedIn: false, cookies: jar.cookies() });
      return origin;
    },
  };
}
