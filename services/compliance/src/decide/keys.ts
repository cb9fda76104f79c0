/** A key as it is stored: sealed under the master key that `kid` names. */
export type Wrapped = Readonly<{ kid: string; sealed: string }>;

/** The two keys of a tenant: one that its subjects' keys stand under, one that blind indexes are made with. */
export type TenantKeys = Readonly<{ data: Wrapped; index: Wrapped }>;

/** What tells one person from another. */
export type Identifier = Readonly<{ kind: IdentifierKind; value: string }>;
export type IdentifierKind = 'email' | 'phone' | 'visitor' | 'user';

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

/** The one form in which an identifier is compared: case, width and punctuation make no other person. */
export function normalised({ kind, value }: Identifier): string {
  const text = value.normalize('NFKC').trim();
  if (kind === 'email') return text.toLowerCase();
  if (kind === 'phone') return text.replace(/[^\d+]/g, '').replace(/^00/, '+');
  return text;
}

export const newSubject = (
  whose: Readonly<{ tenantId: string; subjectId: string }>,
  key: string,
  identifiers: readonly Known[],
  nowMs: number,
): Subject => ({ ...whose, key, identifiers, createdAtMs: nowMs, forgottenAtMs: null });

/** Adds what a subject said of itself; what is known already stays as it was. */
export function identified(subject: Subject, more: readonly Known[]): Subject {
  const isNew = ({ index }: Known): boolean => !subject.identifiers.some((known) => known.index === index);
  return { ...subject, identifiers: [...subject.identifiers, ...more.filter(isNew)] };
}

/** Without its key, and without what it could be found by. The stone stays, so that nothing late is kept for it again. */
export const forgotten = (subject: Subject, nowMs: number): Subject => ({
  ...subject,
  key: null,
  identifiers: [],
  forgottenAtMs: subject.forgottenAtMs ?? nowMs,
});
