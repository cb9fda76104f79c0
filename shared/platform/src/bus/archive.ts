import { decodeFact, type Fact, type FactKind } from '@vox/contracts';

/** What the streams hold, for whoever must read it back or have it forgotten. */
export type Archive = Readonly<{
  /**
   * Erases every fact of these kinds that concerns a tenant, or one of its sessions, and every dead letter of such a
   * fact, so that not a byte stays in a server's folder. Answers how many messages it erased; safe to repeat. What
   * nobody has heard yet is never heard. Throws Fault UNAVAILABLE when a server does not answer; some may then be
   * erased already.
   */
  forget: (kinds: readonly FactKind[], owner: FactOwner) => Promise<number>;
  /**
   * The facts of these kinds that the streams hold, of everybody, a tenant or one of its sessions, oldest first within
   * a kind.
   */
  history: <K extends FactKind>(
    kinds: readonly K[],
    owner: Readonly<{ tenantId?: string | undefined; sessionId?: string | undefined }>,
  ) => AsyncIterable<Fact<K>>;
  /** The fact of a kind that a stream took last of a tenant, if it still holds it. */
  newest: <K extends FactKind>(kind: K, tenantId: string) => Promise<Fact<K> | undefined>;
}>;

export type FactOwner = Readonly<{ tenantId: string; sessionId?: string | undefined }>;

/** The fact that bytes hold, if it is of one of the kinds. A message that is none has told nobody anything. */
export function factOf<K extends FactKind>(kinds: readonly K[], bytes: Uint8Array): Fact<K> | undefined {
  try {
    return decodeFact(kinds, bytes).fact;
  } catch {
    return undefined;
  }
}
