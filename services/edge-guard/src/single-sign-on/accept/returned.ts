import { Fault, invalidField } from '@vox/platform/fault';
import { type Asked, check } from '../../checks/mod.ts';
import { type CookieNames, cookieOf } from '../../logins/mod.ts';

/** What a browser brings back from a provider: what its cookie holds, and what stands behind the question mark. */
export type Returned = Readonly<{ kept: string; search: string }>;

const longest = 8_192;

/** Reads the return of a browser. Auth looks at all of it. */
export const returned = check({
  name: 'return from the provider',
  whenDown: 'no store',
  run:
    ({ cookies }: Readonly<{ cookies: CookieNames }>) =>
    ({ request }: Asked): { returned: Returned } => {
      const kept = cookieOf(request.get('cookie'), cookies.provider);
      const search = request.originalUrl.split('?').slice(1).join('?');
      if (kept === undefined) throw new Fault('AUTH_REQUIRED');
      if (search.length > longest) throw invalidField('(query)', 'is too long');
      return { returned: { kept, search } };
    },
});
