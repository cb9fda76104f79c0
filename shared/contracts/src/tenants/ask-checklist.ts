import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { TenantId } from '../values/ids.ts';

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
        why: z.string(),
        how: z.string().describe('how to put it right'),
      }),
    ),
  }),
  { action: 'checklist.read' },
);
