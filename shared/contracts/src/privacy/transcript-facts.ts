import { z } from 'zod';
import { factKind } from '../kinds/fact.ts';
import { SessionId, TenantId } from '../values/ids.ts';

const count = z.number().int().nonnegative();

export const TranscriptFinalised = factKind({
  name: 'vox.privacy.transcript-finalised',
  version: 1,
  scope: 'session',
  stream: 'VOX_PRIVACY',
  publishers: ['compliance'],
  summary:
    'The words of a call are kept, or were not to be kept, and nothing is added to them any more. No stream holds them now.',
  data: z.object({
    tenantId: TenantId,
    sessionId: SessionId,
    messages: count.describe('that are kept'),
    complete: z.boolean().describe('the page said that it had sent all'),
  }),
});

export const SourceSlipped = factKind({
  name: 'vox.privacy.source-slipped',
  version: 1,
  scope: 'session',
  stream: 'VOX_PRIVACY',
  publishers: ['compliance'],
  summary: 'What was to be cut before it came here was cut only here.',
  data: z.object({
    tenantId: TenantId,
    sessionId: SessionId,
    source: z.string().min(1).max(64).describe('the service that let it pass'),
    found: z
      .array(z.object({ kind: z.string().regex(/^[a-z-]{1,20}$/), count: count.min(1) }))
      .describe('how much of which kind, and never what'),
  }),
});
