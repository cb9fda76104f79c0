import { MailDomain, ProveDomain, PutSingleSignOn, RemoveSingleSignOn } from '@vox/contracts';
import { noStore } from '@vox/platform/http';
import { z } from 'zod';
import { body, route } from '../../checks/mod.ts';
import { clientIp } from '../../client/mod.ts';
import { addressLimit } from '../../limits/mod.ts';
import { csrf, login } from '../../logins/mod.ts';
import { tenantOfRefusals } from '../../tenant/mod.ts';
import { proveDomain, putProvider, removeProvider, showProvider } from '../command/manage-provider.ts';

const changing = [clientIp, addressLimit, login, tenantOfRefusals, csrf] as const;
const post = { method: 'post', credential: 'login', head: noStore } as const;
const ok = { ok: z.literal(true) };
const { issuer, clientId, clientSecret, domains, isRequired, secondFactor } = PutSingleSignOn.request.shape;

/** What an owner manages of sign-in through the tenant’s own provider. It needs a fresh login (step-up). */
export const manageProviderRoutes = [
  route({
    method: 'get',
    paths: ['/api/v1/single-sign-on'],
    summary: 'How members sign in through the tenant’s own provider, and the DNS records that prove its domains.',
    credential: 'login',
    checks: [clientIp, addressLimit, login, tenantOfRefusals],
    command: showProvider,
    answer: ProveDomain.reply.extend(ok),
    head: noStore,
  }),
  route({
    ...post,
    paths: ['/api/v1/single-sign-on'],
    summary: 'Sets the provider. It is asked first, so that a mistake is seen here. The secret is never shown again.',
    checks: [...changing, body(z.object({ issuer, clientId, clientSecret, domains, isRequired, secondFactor }))],
    command: putProvider,
    answer: PutSingleSignOn.reply.extend(ok),
  }),
  route({
    ...post,
    paths: ['/api/v1/single-sign-on/prove-domain'],
    summary: 'Looks for a domain’s record in DNS, and takes the domain for the tenant.',
    checks: [...changing, body(z.object({ domain: MailDomain }))],
    command: proveDomain,
    answer: ProveDomain.reply.extend(ok),
  }),
  route({
    ...post,
    paths: ['/api/v1/single-sign-on/remove'],
    summary: 'Turns it off. Members stay, and sign in by code.',
    checks: [...changing, body(z.object({}))],
    command: removeProvider,
    answer: RemoveSingleSignOn.reply.extend(ok),
  }),
] as const;
