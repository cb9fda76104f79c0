import { z } from 'zod';

export const IdentifierKind = z.enum(['email', 'phone', 'visitor', 'user']);
export type IdentifierKind = z.infer<typeof IdentifierKind>;

/** What somebody is known by, as it was written. It travels in a question and never in a fact. */
export const SubjectIdentifier = z.strictObject({
  kind: IdentifierKind,
  value: z.string().min(1).max(320).describe('in any way of writing it'),
});
export type SubjectIdentifier = z.infer<typeof SubjectIdentifier>;
/** Several identifiers of one person, of one kind too. */
export const SubjectIdentifiers = z.array(SubjectIdentifier).min(1).max(8);

/** To how many persons an identifier leads; of it the kind alone is told. In the order in which they were said, each once. */
export const IdentifierMatch = z.object({ kind: IdentifierKind, subjects: z.number().int().nonnegative() });
export type IdentifierMatch = z.infer<typeof IdentifierMatch>;
