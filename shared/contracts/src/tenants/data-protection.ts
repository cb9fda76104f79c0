import { z } from 'zod';
import { plainText } from '../values/plain-text.ts';

const days = (min: number, standard: number) => z.number().int().min(min).max(36_500).default(standard);

/**
 * How long each class of data is kept, in whole days. A shorter time also holds for existing data. Only the words of a
 * call can be kept for less than 30 days: that long the streams hold the facts and dead letters that the rest is made
 * from.
 */
export const Retention = z.strictObject({
  transcripts: days(0, 90).describe('what was said; 0 redacts it and keeps nothing'),
  usage: days(30, 365).describe('which calls there were and what they used'),
  security: days(30, 365).describe('what was refused, and why'),
  consents: days(30, 2_190).describe('receipts of what was shown and consented to'),
  audit: days(30, 2_190).describe('the audit log'),
});
export type Retention = z.infer<typeof Retention>;

export const retentionClasses = ['transcripts', 'usage', 'security', 'consents', 'audit'] as const;
export const RetentionClass = z.enum(retentionClasses);
export type RetentionClass = z.infer<typeof RetentionClass>;

/** What is cut from the words of a call besides card data. Card data is always cut. */
export const RedactionRules = z.strictObject({
  iban: z.boolean().default(false).describe('bank account numbers (ISO 13616)'),
  ssn: z.boolean().default(false).describe('social security numbers of the United States'),
  keepLastFour: z
    .boolean()
    .default(false)
    .describe('the last four digits of a card stay readable (PCI DSS 3.4.1 allows it)'),
});
export type RedactionRules = z.infer<typeof RedactionRules>;

/** What a visitor can be shown or asked for. */
export const ConsentPurpose = z.enum(['ai-disclosure', 'transcripts']);
export type ConsentPurpose = z.infer<typeof ConsentPurpose>;

/** What a tenant demands of a visitor before a call, and the words that it is asked with. */
export const ConsentRules = z.strictObject({
  disclosure: z
    .boolean()
    .default(false)
    .describe(
      'no call before it is recorded that the visitor was shown that it talks to a machine (EU AI Act, Art. 50(1))',
    ),
  transcripts: z.boolean().default(false).describe('no call before the visitor consented to its words being kept'),
  endsCall: z
    .boolean()
    .optional()
    .describe('a visitor who takes that consent back in a brokered call ends the call with it'),
  version: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,32}$/)
    .default('1')
    .describe('of the words; a consent to another version is none'),
  text: plainText(2_000)
    .min(1)
    .default('What is said in this call is written down and kept for a limited time.')
    .describe('what a visitor consents to'),
});
export type ConsentRules = z.infer<typeof ConsentRules>;

const words = (longest: number) => plainText(longest).min(1);

/**
 * What a tenant, as the controller, tells a person about the use of its data, besides what VOX knows by itself (GDPR,
 * Art. 15(1) and (2)). It stands on the cover page of each export, which also names what is missing.
 */
export const PrivacyNotice = z.strictObject({
  controller: z
    .strictObject({
      name: words(200),
      address: words(500).optional(),
      contact: words(200).describe('an e-mail address, a page or a telephone number'),
    })
    .optional()
    .describe('who answers for the data'),
  dataProtectionOfficer: words(300).optional().describe('how to reach the data protection officer, if there is one'),
  supervisoryAuthority: words(300).optional().describe('where a person may complain, with a way to reach it'),
  purposes: z.array(words(500)).max(20).default([]).describe('what the calls are for, besides the answers themselves'),
  recipients: z.array(words(300)).max(50).default([]).describe('who else gets any of it'),
  transfers: words(1_000)
    .optional()
    .describe('countries outside the EEA and the safeguards for them; or that there are none'),
  automatedDecisions: words(1_000).optional().describe('what is decided by machine, by which logic, with what effect'),
});
export type PrivacyNotice = z.infer<typeof PrivacyNotice>;
