import { z } from 'zod';
import { AuditAct } from '../audit/entry.ts';
import { factKind } from '../kinds/fact.ts';
import { Amount } from '../usage/usage.ts';
import { SessionId, TenantId, TenantIdOrPlatform } from '../values/ids.ts';

export const RequestRefused = factKind({
  name: 'vox.security.request-refused',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_TRUST',
  publishers: ['edge-guard'],
  summary: 'The edge refused requests. The first is told at once, those like it within the window as one count.',
  data: z.object({
    tenantId: TenantIdOrPlatform,
    code: z.string().max(64),
    scope: z.string().max(32).optional(),
    route: z.string().max(64),
    count: z.number().int().positive(),
    firstAt: z.iso.datetime(),
    lastAt: z.iso.datetime(),
  }),
});

export const ReportDoubted = factKind({
  name: 'vox.security.report-doubted',
  version: 1,
  scope: 'session',
  stream: 'VOX_CALLS',
  publishers: ['quota'],
  summary:
    'A browser reported more than its call can have used, or more than one call may take of a day. What is above is booked nowhere, and the call ends.',
  data: z.object({
    tenantId: TenantId,
    sessionId: SessionId,
    why: z.enum(['impossible', 'too-much']),
    believed: Amount.describe('what its reports count'),
    claimed: Amount.describe('what they say beyond that'),
  }),
});

export const BotFlagged = factKind({
  name: 'vox.security.bot-flagged',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_TRUST',
  publishers: ['edge-guard'],
  summary: 'The bot verifier gave no answer, and the tenant’s policy lets such requests pass with a flag.',
  data: z.object({ tenantId: TenantIdOrPlatform, verifier: z.string().max(32), cause: z.string().max(64) }),
});

export const Acted = factKind({
  name: 'vox.security.acted',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_TRUST',
  publishers: ['auth', 'session-broker', 'quota', 'compliance'],
  summary: 'A sensitive act was done that no other fact tells of, or was refused.',
  data: AuditAct,
});

/** The facts of what was refused, doubted or done by an operator. */
export const securityFacts = [RequestRefused, ReportDoubted, BotFlagged, Acted] as const;
