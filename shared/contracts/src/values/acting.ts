import { z } from 'zod';

/**
 * `operator:<name>`, `member:<id>`, `key:<id>`, `user:<pseudonym>`, `visitor:<pseudonym>`, `service:<name>`.
 */
export const Actor = z
  .string()
  .min(1)
  .max(128)
  .describe('who did it: an operator, a console user, a visitor by pseudonym, or a service itself');

/** How a member and a machine stand as actors. */
export const memberActor = (memberId: string): string => `member:${memberId}`;
export const keyActor = (keyId: string): string => `key:${keyId}`;

export const Reason = z.string().trim().min(1).max(200).describe('why; for the audit log, so without personal data');

/** The id of the request under which an act was done: one run of a command, or one HTTP request. */
export const RequestId = z.string().regex(/^[A-Za-z0-9._:-]{1,64}$/, 'must be 1–64 letters, digits or . _ : -');

/** Fields of every question that asks for a sensitive act, and of the fact that follows. */
export const acting = { actor: Actor, reason: Reason.optional(), requestId: RequestId.optional() };
export type Acting = Readonly<{ actor: string; reason?: string | undefined; requestId?: string | undefined }>;

export const ActOutcome = z.enum(['done', 'refused']);
export type ActOutcome = z.infer<typeof ActOutcome>;
