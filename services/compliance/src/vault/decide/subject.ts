import type { IdentifierKind } from '@vox/contracts';

/** A key as it is stored: sealed under the master key that `kid` names. */
export type Wrapped = Readonly<{ kid: string; sealed: string }>;

/** The two keys of a tenant: one that its subjects' keys stand under, one that blind indexes are made with. */
export type TenantKeys = Readonly<{ data: Wrapped; index: Wrapped }>;

/** An identifier as it is stored: findable by whoever knows it, readable only with the subject's key. */
export type Known = Readonly<{ kind: IdentifierKind; index: string; sealed: string }>;

/** A person that data is about, as far as a tenant can tell. Without `key` it is forgotten: what was sealed under it is noise. */
export type Subject = Readonly<{
  tenantId: string;
  subjectId: string;
  /** The subject's key, sealed under the tenant's. */
  key: string | null;
  identifiers: readonly Known[];
  createdAtMs: number;
  forgottenAtMs: number | null;
}>;

export const newSubject = (
  whose: Readonly<{ tenantId: string; subjectId: string }>,
  key: string,
  identifiers: readonly Known[],
  nowMs: number,
): Subject => ({ ...whose, key, identifiers, createdAtMs: nowMs, forgottenAtMs: null });

/** Adds what a subject said of itself, and takes away what is under the indexes `gone`; what is known already stays as it was. */
export function identified(subject: Subject, more: readonly Known[], gone: readonly string[] = []): Subject {
  const kept = subject.identifiers.filter(({ index }) => !gone.includes(index));
  const indexes = new Set(kept.map(({ index }) => index));
  const isNew = ({ index }: Known): boolean => !indexes.has(index) && Boolean(indexes.add(index));
  return { ...subject, identifiers: [...kept, ...more.filter(isNew)] };
}

/** Without its key, and without what it could be found by. The stone stays, so that nothing late is kept for it again. */
export const forgotten = (subject: Subject, nowMs: number): Subject => ({
  ...subject,
  key: null,
  identifiers: [],
  forgottenAtMs: subject.forgottenAtMs ?? nowMs,
});
