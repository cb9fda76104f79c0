import { z } from 'zod';
import { documentKind } from '../kinds/document.ts';
import { factKind } from '../kinds/fact.ts';
import { question } from '../kinds/question.ts';
import { ConsentPurpose } from '../tenants/data-protection.ts';
import type { Policy } from '../tenants/policy.ts';
import { TenantId, VisitorId, WidgetKey } from '../values/ids.ts';

/** What a visitor was shown or asked, and what it answered. */
const choice = {
  purpose: ConsentPurpose,
  version: z.string().min(1).max(32).describe('of the words that were shown'),
  textHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('SHA-256 of the words that were shown, in UTF-8, hexadecimal'),
  locale: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'must be a language tag (BCP 47), such as en or pt-BR')
    .describe('the language that they were shown in (BCP 47)'),
  method: z
    .enum(['shown', 'click', 'voice', 'server'])
    .describe('how the visitor answered; `shown` asks for no answer'),
  given: z.boolean().describe('false refuses, and withdraws what was given before'),
};
export const ConsentChoice = z.object(choice);
export type ConsentChoice = z.infer<typeof ConsentChoice>;

/** What a consent receipt says: a signed proof that words were shown to a visitor, and what it answered. */
export const ConsentReceipt = {
  name: 'consent',
  payload: z.object({ tenantId: TenantId, widgetKey: WidgetKey, visitorId: VisitorId, ...choice }),
} as const;

export type ConsentReceipt = z.infer<(typeof ConsentReceipt)['payload']>;

export const RecordConsent = question(
  'compliance',
  'consent-record',
  'Records what a visitor was shown and answered, and signs a receipt. The same answer again gets the same receipt.',
  z.strictObject({
    tenantId: TenantId,
    widgetKey: WidgetKey,
    visitorId: VisitorId,
    choice: ConsentChoice.strict(),
    subject: z
      .strictObject({ email: z.string().min(1).max(320).optional(), phone: z.string().min(1).max(64).optional() })
      .optional()
      .describe('who the visitor says it is: one e-mail address, one telephone number. What is neither is refused'),
  }),
  z.object({ receiptId: z.uuid(), receipt: z.string(), at: z.iso.datetime() }),
);

export const ConsentRecorded = factKind({
  name: 'vox.privacy.consent-recorded',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_PRIVACY',
  publishers: ['compliance'],
  summary: 'A visitor was shown something or answered it. The receipt says who.',
  data: z.object({
    tenantId: TenantId,
    receiptId: z.uuid(),
    purpose: ConsentPurpose,
    version: z.string().max(32),
    method: choice.method,
    given: z.boolean(),
  }),
});

/**
 * Keyed by `withdrawalKey` of @vox/platform/crypto: a visitor's id would outlive the document in the name of its key.
 */
export const WithdrawalDocument = documentKind(
  'withdrawn',
  'What visitors took back lately, so that every door refuses it at once.',
  z.object({ purposes: z.array(ConsentPurpose).min(1), at: z.iso.datetime(), until: z.iso.datetime() }),
);
export type Withdrawal = z.infer<typeof WithdrawalDocument.data>;

/** The current text for a purpose, and its version. */
export const consentWords = (policy: Pick<Policy, 'disclosure' | 'consent'>, purpose: ConsentPurpose) => ({
  version: policy.consent.version,
  text: purpose === 'ai-disclosure' ? policy.disclosure : policy.consent.text,
});

/** The consents that a tenant requires of a visitor before a call. */
export const requiredConsents = ({ consent }: Pick<Policy, 'consent'>): readonly ConsentPurpose[] => [
  ...(consent.disclosure ? (['ai-disclosure'] as const) : []),
  ...(consent.transcripts ? (['transcripts'] as const) : []),
];
