import { FinishSingleSignOn, StartSingleSignOn } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { invalidField } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import { type Browser, type CookieNames, cookieText, signedIn } from '../../logins/mod.ts';
import { fromOf } from '../../second-factors/mod.ts';

export type ProviderDependencies = Readonly<{
  bus: Pick<Bus, 'ask'>;
  cookies: CookieNames;
  clock: Pick<Clock, 'now'>;
}>;

/** As long as somebody may take at the provider. */
const flowSeconds = 600;
/** Auth asks the provider up to four times meanwhile. */
const patience = { timeoutMs: 20_000 };

type Onward = Readonly<{ to: string; cookies: readonly string[] }>;
type Starting = Readonly<{
  site: string;
  query: Readonly<{ tenantId?: string | undefined; domain?: string | undefined }>;
}>;

/** Sends a browser to the provider. What it must bring back goes into a cookie. */
export const startAtProvider =
  ({ bus, cookies }: ProviderDependencies) =>
  async ({ site, query: { tenantId, domain } }: Starting): Promise<Onward> => {
    if ((tenantId === undefined) === (domain === undefined))
      throw invalidField('tenantId', 'must be given, or domain, and not both');
    const { url, browser } = await bus.ask(StartSingleSignOn, { tenantId, domain, origin: site }, patience);
    return { to: url, cookies: [cookieText(cookies.provider, browser, flowSeconds)] };
  };

type Returning = Readonly<{ site: string; browser: Browser; returned: Readonly<{ kept: string; search: string }> }>;

/** Signs in whoever comes back. Every token goes into a cookie alone; the address of the next page holds none. */
export const finishAtProvider =
  (dependencies: ProviderDependencies) =>
  async ({ site, browser, returned: { kept, search } }: Returning): Promise<Onward> => {
    const { bus, cookies } = dependencies;
    const asked = { browser: kept, origin: site, search, ...fromOf(browser) };
    const { answer, cookies: given } = signedIn(dependencies, await bus.ask(FinishSingleSignOn, asked, patience));
    const to = 'next' in answer ? '/console/second-factor' : '/console';
    return { to, cookies: [...given, cookieText(cookies.provider, '', 0)] };
  };
