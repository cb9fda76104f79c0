import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { TenantId } from '../values/ids.ts';
import { SaidValues } from '../values/said.ts';

/** What should be so before a tenant goes into production. */
export const ChecklistItem = z.enum([
  'bot-check',
  'https-origins',
  'production-key',
  'key-ages',
  'unused-keys',
  'api-key-ends',
  'owners',
  'owner-second-factor',
  'sign-in-second-factor',
  'brokered-calls',
  'spending-cap',
  'retention',
  'disclosure',
  'controller',
  'data-protection-officer',
  'supervisory-authority',
  'webhooks',
]);
export type ChecklistItem = z.infer<typeof ChecklistItem>;

/** `advised` is not as it should be, and harms nobody by itself; `missing` should be put right before production. */
export const ChecklistState = z.enum(['done', 'advised', 'missing']);
export type ChecklistState = z.infer<typeof ChecklistState>;

/** How it is: what `found` of a row says in English, for a console to say in its own words. */
export const ChecklistFinding = z.enum([
  ...(['check-off', 'check-denies', 'check-lets-in', 'origins-https', 'origins-http'] as const),
  ...(['production-keys', 'no-production-key', 'keys-young', 'keys-over-age', 'keys-in-use', 'keys-unused'] as const),
  ...(['api-keys-end', 'api-keys-endless', 'calls-brokered', 'calls-both', 'calls-direct'] as const),
  ...(['month-capped', 'day-capped', 'no-owner', 'one-owner', 'several-owners'] as const),
  ...(['owners-with-factor', 'owners-without-factor', 'factor-demanded', 'factor-not-demanded'] as const),
  ...(['kept-briefly', 'kept-long', 'disclosure-demanded', 'disclosure-unrecorded'] as const),
  ...(['controller-named', 'controller-unnamed', 'officer-named', 'officer-unnamed'] as const),
  ...(['authority-named', 'authority-unnamed', 'webhook-tells', 'webhook-silent'] as const),
]);
export type ChecklistFinding = z.infer<typeof ChecklistFinding>;

export const ShowChecklist = question(
  'auth',
  'checklist-show',
  'What should be so of a tenant before it goes into production, and whether it is.',
  z.strictObject({ tenantId: TenantId }),
  z.object({
    tenantId: TenantId,
    isReady: z.boolean().describe('nothing is missing'),
    rows: z.array(
      z.object({
        item: ChecklistItem,
        state: ChecklistState,
        what: z.string().describe('how it should be'),
        found: z.string().describe('how it is; names no person'),
        finding: ChecklistFinding.describe('what `found` says, as a code'),
        values: SaidValues.describe('what stands in `found`, and in the other sentences'),
        why: z.string(),
        how: z.string().describe('how to put it right'),
      }),
    ),
  }),
  { action: 'checklist.read' },
);
