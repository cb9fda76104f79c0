import type { Verified, WidgetClaims } from '@vox/platform/crypto';
import { type Asked, check } from '../../checks/mod.ts';
import { type CookieNames, loginTokenOf, refuseOtherMember } from '../../logins/mod.ts';
import { type CallerDependencies, type FoundCaller, findCaller } from '../command/find-caller.ts';

type Needs = Asked &
  Readonly<{ shown: Verified<WidgetClaims> | undefined; body: Readonly<{ widgetKey?: string | undefined }> }>;

/**
 * Finds who asks: a visitor by its token, else a page by the widget key in the body, else a console user by the login
 * cookie, unless its page names another one.
 */
export const caller = check({
  name: 'caller',
  // Whether a key or a login was revoked must be known: a copy that may have missed it refuses.
  whenDown: 'deny',
  run:
    (dependencies: CallerDependencies & Readonly<{ cookies: CookieNames }>) =>
    async ({ request, shown, body }: Needs): Promise<FoundCaller> => {
      const found = await findCaller(dependencies, {
        shown,
        widgetKey: body.widgetKey,
        origin: request.get('origin'),
        login: loginTokenOf(dependencies.cookies, request),
      });
      if (found.caller.kind === 'login') refuseOtherMember(request, found.caller.identity.userId);
      return found;
    },
});
