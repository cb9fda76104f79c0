import { CallMode, ConsentPurpose } from '@vox/contracts';
import { z } from 'zod';

/** What a page needs to show the widget. */
export const BootstrapAnswer = z.object({
  ok: z.literal(true),
  tenantId: z.string(),
  agentId: z.string(),
  displayName: z.string(),
  branding: z.object({ primaryColor: z.string(), logoUrl: z.string().optional() }),
  widgetSessionToken: z
    .string()
    .describe('proves for five minutes that a page of an allowed origin asked, for one visitor'),
  expiresAt: z.iso.datetime(),
  challenge: z
    .looseObject({ kind: z.enum(['proof-of-work', 'botid', 'turnstile']) })
    .nullable()
    .describe('what the `bot` field of a session request must prove; null where nothing is asked for'),
  disclosure: z.string().describe('to be shown before the call'),
  calls: CallMode.describe('what the page does: `brokered` sends an `offer` with the session request'),
  captions: z.boolean().describe('whether the events of a brokered call hold what is said'),
  consent: z
    .array(
      z.object({
        purpose: ConsentPurpose,
        version: z.string(),
        text: z.string(),
        textHash: z.string().describe('SHA-256 of the text, hexadecimal'),
      }),
    )
    .describe('what the tenant demands before a call, to be answered at POST /api/consent'),
});
