import type { Fact, FactKind, Stream } from '../contracts/mod.ts';

/** What the streams hold, for whoever must read it back or have it forgotten. */
export type Archive = Readonly<{
  /**
   * Erases every fact of these kinds that concerns a tenant, or one of its sessions, and every dead letter of such a fact, so that not a byte
   * stays in a server's folder. Answers how many messages it erased; safe to repeat. What nobody has heard yet is never heard.
   * Throws Fault UNAVAILABLE when a server does not answer; some may then be erased already.
   */
  forget: (kinds: readonly FactKind[], whose: Whose) => Promise<number>;
  /** The facts of these kinds that the streams hold, oldest first within a kind. */
  history: <K extends FactKind>(
    kinds: readonly K[],
    whose: Readonly<{ tenantId?: string | undefined }>,
  ) => AsyncIterable<Fact<K>>;
}>;

export type Whose = Readonly<{ tenantId: string; sessionId?: string | undefined }>;
type Anyone = { readonly [K in keyof Whose]?: Whose[K] | undefined };

/** The subject filters that catch a kind's facts of a tenant, a session, or everybody. */
export function filtersOf(kind: FactKind, { tenantId, sessionId }: Anyone): readonly string[] {
  if (tenantId === undefined) return [`${kind.name}.>`];
  if (kind.scope === 'tenant') return sessionId === undefined ? [`${kind.name}.${tenantId}`] : [];
  return [`${kind.name}.${tenantId}.${sessionId ?? '*'}`];
}

/** Whether a subject name is caught by one of the filters. */
export function matching(kinds: readonly FactKind[], whose: Anyone): (subjectName: string) => boolean {
  const filters = kinds.flatMap((kind) => filtersOf(kind, whose)).map((filter) => filter.split('.'));
  return (subjectName) => {
    const parts = subjectName.split('.');
    return filters.some((filter) => filter.every((part, n) => part === '*' || part === '>' || part === parts[n]));
  };
}

/** The stream that holds a kind. Throws RangeError for a kind that no stream holds. */
export function holderOf(streams: readonly Stream[], kind: FactKind): Stream {
  const holder = streams.find(({ kinds }) => kinds.includes(kind));
  if (holder === undefined) throw new RangeError(`no stream holds ${kind.name}`);
  return holder;
}
