import { z } from 'zod';
import { factKind } from '../kinds/fact.ts';
import { acting } from '../values/acting.ts';
import { MemberId, TenantId } from '../values/ids.ts';
import { MailDomain } from './mail-domain.ts';

const common = { version: 1, scope: 'tenant', stream: 'VOX_TRUST', publishers: ['auth'] } as const;

export const SingleSignOnChanged = factKind({
  ...common,
  name: 'vox.identity.single-sign-on-changed',
  summary: 'A tenant set how its members sign in through its own provider.',
  data: z.object({ tenantId: TenantId, ...acting }),
});

export const SingleSignOnRemoved = factKind({
  ...common,
  name: 'vox.identity.single-sign-on-removed',
  summary: 'Nobody signs in to a tenant through its own provider any more.',
  data: z.object({ tenantId: TenantId, ...acting }),
});

export const DomainProved = factKind({
  ...common,
  name: 'vox.identity.domain-proved',
  summary: 'A tenant has proved by DNS that a mail domain is its own.',
  data: z.object({ tenantId: TenantId, domain: MailDomain, ...acting }),
});

/** Why nobody was let in who came back from a provider. */
export const SingleSignOnRefusal = z.enum(['provider', 'token', 'unverified', 'domain', 'other-person', 'member']);
export type SingleSignOnRefusal = z.infer<typeof SingleSignOnRefusal>;

export const SingleSignOnRefused = factKind({
  ...common,
  name: 'vox.identity.single-sign-on-refused',
  summary: 'Somebody came back from a tenant’s provider and was not let in.',
  data: z.object({
    tenantId: TenantId,
    memberId: MemberId.optional(),
    why: SingleSignOnRefusal.describe(
      'provider: it refused or failed; token: its word did not hold; unverified: it does not vouch for the address; domain: not one that the tenant has proved; other-person: the member is known as somebody else there; member: may not be let in',
    ),
  }),
});

/** The facts of single sign-on. */
export const singleSignOnFacts = [SingleSignOnChanged, SingleSignOnRemoved, DomainProved, SingleSignOnRefused] as const;
