import { z } from 'zod';
import { ListReceiptKeys } from '../privacy/ask-vault.ts';
import { AuditLine, AuditPageClaims, AuditPlace } from './entry.ts';

/** What a form says to whoever reads it, and not to whoever checks by it. */
const spoken = ['$schema', 'description', 'format', 'additionalProperties'];

const formOf = (schema: z.ZodType): object =>
  JSON.parse(JSON.stringify(z.toJSONSchema(schema), (name, value) => (spoken.includes(name) ? undefined : value)));

/**
 * The forms of the lines of an export, of what receipts in it say, and of the keys that prove them, as JSON Schema: for
 * a reader that has no zod. The properties stand in the order in which a line has them.
 */
export const auditForms = () => ({
  line: formOf(AuditLine),
  place: formOf(AuditPlace),
  page: formOf(AuditPageClaims),
  keys: formOf(ListReceiptKeys.reply),
});
