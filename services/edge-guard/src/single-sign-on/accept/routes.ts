import { MailDomain, TenantId } from '@vox/contracts';
import { z } from 'zod';
import { query, route } from '../../checks/mod.ts';
import { clientIp } from '../../client/mod.ts';
import { addressLimit } from '../../limits/mod.ts';
import { browser } from '../../logins/mod.ts';
import { site } from '../../second-factors/mod.ts';
import { finishAtProvider, startAtProvider } from '../command/through-provider.ts';
import { redirect } from './redirect.ts';
import { returned } from './returned.ts';

const StartQuery = z.object({
  tenantId: TenantId.optional(),
  domain: MailDomain.optional().describe('what stands behind the @ of an address, in the place of a tenant'),
});
/** A provider adds what it likes; auth looks at all of it. */
const ReturnQuery = z.object({ state: z.string().optional() });

/** How a member signs in through the provider of the tenant. A browser goes to both by itself. */
export const singleSignOnRoutes = [
  route({
    method: 'get',
    paths: ['/api/auth/sso/start'],
    summary: 'Sends the browser to the provider of a tenant, or of the tenant whose a mail domain is.',
    credential: 'none',
    status: 302,
    checks: [clientIp, addressLimit, site, query(StartQuery)],
    command: startAtProvider,
    send: redirect,
  }),
  route({
    method: 'get',
    paths: ['/api/auth/sso/callback'],
    summary: 'Where the provider sends the browser back to. Signs in, or says that a second factor is wanted.',
    credential: 'none',
    status: 302,
    checks: [clientIp, addressLimit, site, browser, query(ReturnQuery), returned],
    command: finishAtProvider,
    send: redirect,
  }),
] as const;
