import { z } from 'zod';

export const IdentifierKind = z.enum(['email', 'phone', 'visitor', 'user']);
export type IdentifierKind = z.infer<typeof IdentifierKind>;

/** An identifier of a person, as it was written. It travels in questions and never in facts. */
export const SubjectIdentifier = z.strictObject({
  kind: IdentifierKind,
  value: z.string().min(1).max(320).describe('in any way of writing it'),
});
export type SubjectIdentifier = z.infer<typeof SubjectIdentifier>;
/** Several identifiers of one person, of one kind too. */
export const SubjectIdentifiers = z.array(SubjectIdentifier).min(1).max(8);

/** How many persons an identifier leads to. Only its kind is given. In the order of the identifiers, each once. */
export const IdentifierMatch = z.object({ kind: IdentifierKind, subjects: z.number().int().nonnegative() });
export type IdentifierMatch = z.infer<typeof IdentifierMatch>;
