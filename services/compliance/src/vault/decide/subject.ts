import type { IdentifierKind } from '@vox/contracts';

/** An identifier as it is stored: whoever knows it can find it, and only the subject's key makes it readable. */
export type SealedIdentifier = Readonly<{ kind: IdentifierKind; index: string; sealed: string }>;

export type SubjectId = Readonly<{ tenantId: string; subjectId: string }>;

/**
 * A person that data is about, as far as a tenant can tell. Without `key` it is forgotten: what was sealed under it is
 * noise.
 */
export type Subject = SubjectId &
  Readonly<{
    /** The subject's key, sealed under the tenant's. */
    key: string | null;
    identifiers: readonly SealedIdentifier[];
    createdAtMs: number;
    forgottenAtMs: number | null;
  }>;

export const newSubject = (
  { tenantId, subjectId }: SubjectId,
  key: string,
  identifiers: readonly SealedIdentifier[],
  nowMs: number,
): Subject => ({ tenantId, subjectId, key, identifiers, createdAtMs: nowMs, forgottenAtMs: null });

/**
 * Adds identifiers and takes away those under the indexes `gone`. An identifier that is known already stays as it was.
 */
export function identified(subject: Subject, more: readonly SealedIdentifier[], gone: readonly string[] = []): Subject {
  const kept = subject.identifiers.filter(({ index }) => !gone.includes(index));
  const indexes = new Set(kept.map(({ index }) => index));
  const isNew = ({ index }: SealedIdentifier): boolean => !indexes.has(index) && Boolean(indexes.add(index));
  return { ...subject, identifiers: [...kept, ...more.filter(isNew)] };
}

/**
 * A tombstone: without its key and what it could be found by. It stays, so that nothing late is kept for the person
 * again.
 */
export const forgotten = (subject: Subject, nowMs: number): Subject => ({
  ...subject,
  key: null,
  identifiers: [],
  forgottenAtMs: subject.forgottenAtMs ?? nowMs,
});
