import { Fault } from '@vox/platform/fault';
import { type Asked, check } from '../../checks/mod.ts';
import { type CookieNames, cookieOf } from '../../logins/mod.ts';

/** Reads the token of whoever has given a right code and has yet to show a second factor. Auth looks at it. */
export const pending = check({
  name: 'pending login',
  whenDown: 'no store',
  run:
    ({ cookies }: Readonly<{ cookies: CookieNames }>) =>
    ({ request }: Asked): { pending: string } => {
      const token = cookieOf(request.get('cookie'), cookies.pending);
      if (token === undefined) throw new Fault('AUTH_REQUIRED');
      return { pending: token };
    },
});
