import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { acting } from '../values/acting.ts';
import { TenantId } from '../values/ids.ts';
import { Origin } from '../values/origin.ts';
import { loginFrom, loginToken, StartedLogin } from './logins.ts';
import { MailDomain } from './mail-domain.ts';
import { PendingLogin } from './pending-login.ts';

const LeftTo = z
  .enum(['asked', 'left-to-provider'])
  .describe('asked: a second factor of ours is shown too, where policy or member want one');

const tenant = { tenantId: TenantId, ...acting };

const callback = z.array(z.string()).describe('addresses that the provider must know, one for each of our origins');

export const SingleSignOnView = z.object({
  tenantId: TenantId,
  issuer: z.string(),
  clientId: z.string(),
  isRequired: z.boolean(),
  secondFactor: LeftTo,
  domains: z.array(
    z.object({
      domain: MailDomain,
      provedAt: z.iso.datetime().nullable(),
      record: z.object({ name: z.string(), value: z.string() }).describe('the TXT record that proves it'),
    }),
  ),
  callback,
});
export type SingleSignOnView = z.infer<typeof SingleSignOnView>;

export const ShowSingleSignOn = question(
  'auth',
  'single-sign-on-show',
  'How a tenant’s members sign in through its own provider.',
  z.strictObject(tenant),
  z.object({
    singleSignOn: SingleSignOnView.nullable(),
    callback: callback.default([]),
  }),
  { action: 'single-sign-on.show' },
);

export const PutSingleSignOn = question(
  'auth',
  'single-sign-on-put',
  'Sets how a tenant’s members sign in through its own provider. The issuer is asked first.',
  z.strictObject({
    ...tenant,
    issuer: z.string().max(512).describe('as the provider writes it, such as https://login.acme.example'),
    clientId: z.string().min(1).max(256),
    clientSecret: z.string().min(1).max(1_024).optional().describe('kept where it is left out; never shown again'),
    domains: z.array(MailDomain).max(20),
    isRequired: z
      .boolean()
      .default(false)
      .describe('codes by mail let nobody in whose domain is proved, except owners'),
    secondFactor: LeftTo.default('asked'),
  }),
  z.object({ singleSignOn: SingleSignOnView }),
  { action: 'single-sign-on.put' },
);

export const RemoveSingleSignOn = question(
  'auth',
  'single-sign-on-remove',
  'Nobody signs in through the provider any more. Members stay, and sign in by code.',
  z.strictObject(tenant),
  z.object({ removed: z.literal(true) }),
  { action: 'single-sign-on.remove' },
);

export const ProveDomain = question(
  'auth',
  'domain-prove',
  'Looks for a domain’s token in DNS, and takes the domain for the tenant.',
  z.strictObject({ ...tenant, domain: MailDomain }),
  z.object({ singleSignOn: SingleSignOnView }),
  { action: 'single-sign-on.prove-domain' },
);

const browser = z.string().max(128).describe('what the browser’s cookie holds');
const origin = Origin.describe('under which the browser came; one of the installation’s own');

export const StartSingleSignOn = question(
  'auth',
  'single-sign-on-start',
  'Begins a login through the provider of a tenant, or of the tenant whose a mail domain is.',
  z.strictObject({ tenantId: TenantId.optional(), domain: MailDomain.optional(), origin }),
  z.object({ url: z.string().describe('where the browser goes'), browser }),
);

export const FinishSingleSignOn = question(
  'auth',
  'single-sign-on-finish',
  'Ends it: begins a login, or says that a second factor is wanted.',
  z.strictObject({
    ...{ browser, origin },
    search: z.string().max(8_192).describe('what stands behind the question mark of the return'),
    replaces: loginToken.optional(),
    ...loginFrom,
  }),
  z.union([PendingLogin, StartedLogin]),
);

/** What edge-guard asks on its own behalf, for whoever signs in. */
export const singleSignOnCeremonies = [StartSingleSignOn, FinishSingleSignOn] as const;
export const singleSignOnQuestions = [ShowSingleSignOn, PutSingleSignOn, RemoveSingleSignOn, ProveDomain] as const;
