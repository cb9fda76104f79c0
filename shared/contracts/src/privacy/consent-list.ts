import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { ConsentPurpose } from '../tenants/data-protection.ts';
import { acting } from '../values/acting.ts';
import { IdentifierMatch, SubjectIdentifiers } from '../values/identifier.ts';
import { SessionId, TenantId } from '../values/ids.ts';
import { ConsentChoice } from './consent.ts';

/** A position in the order of answers, the newest first. */
export const ConsentPlace = z
  .string()
  .regex(/^\d{1,15}_[0-9a-f-]{36}$/, 'must be what an earlier list ended with as next');

export const ListConsents = question(
  'compliance',
  'consent-list',
  'What visitors of a tenant were shown and answered, the newest first. Each page leaves an entry in the audit log.',
  z.strictObject({
    tenantId: TenantId,
    purpose: ConsentPurpose.optional(),
    given: z.boolean().optional(),
    from: z.iso.datetime().optional().describe('answered then or later'),
    to: z.iso.datetime().optional().describe('answered before'),
    sessionId: SessionId.optional().describe('of the person of this call alone'),
    identifiers: SubjectIdentifiers.optional().describe('of one person: what any of them leads to'),
    after: ConsentPlace.optional().describe('`next` of the page before'),
    limit: z.number().int().min(1).max(200).default(50),
    ...acting,
  }),
  z.object({
    consents: z.array(
      z.object({
        receiptId: z.uuid(),
        purpose: ConsentPurpose,
        version: z.string(),
        textHash: ConsentChoice.shape.textHash
          .optional()
          .describe('SHA-256 of the words that were shown; left out by a copy of the version before'),
        locale: ConsentChoice.shape.locale.nullable().describe('null for an answer of before it was kept'),
        method: ConsentChoice.shape.method,
        given: z.boolean(),
        at: z.iso.datetime(),
        subjectId: z.uuid().describe('the person, by a name that leads to nobody outside the tenant’s own records'),
      }),
    ),
    next: ConsentPlace.nullable(),
    matches: z.array(IdentifierMatch).optional().describe('whom each identifier leads to, where any were given'),
  }),
  { action: 'consents.list' },
);
