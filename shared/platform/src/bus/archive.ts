import { decodeFact, type Fact, type FactKind } from '@vox/contracts';

/** What the streams hold, for reading back and for erasure. */
export type Archive = Readonly<{
  /**
   * Erases every fact of these kinds that concerns a tenant, or one of its sessions, and every dead letter of such a
   * fact, so that no byte of it stays in a server's folder. Answers how many messages it erased. Safe to repeat. A fact
   * that no consumer has heard yet is never heard. Throws Fault UNAVAILABLE when a server does not answer; some facts
   * may then be erased already.
   */
  forget: (kinds: readonly FactKind[], owner: FactOwner) => Promise<number>;
  /**
   * The facts of these kinds that the streams hold, of everybody, of one tenant, or of one of its sessions. The oldest
   * of a kind comes first.
   */
  history: <K extends FactKind>(
    kinds: readonly K[],
    owner: Readonly<{ tenantId?: string | undefined; sessionId?: string | undefined }>,
  ) => AsyncIterable<Fact<K>>;
  /** The newest fact of a kind and tenant, if the stream still holds one. */
  newest: <K extends FactKind>(kind: K, tenantId: string) => Promise<Fact<K> | undefined>;
}>;

export type FactOwner = Readonly<{ tenantId: string; sessionId?: string | undefined }>;

/**
 * The fact in these bytes, or `undefined` when they hold no fact of these kinds: such a message says nothing of
 * anybody.
 */
export function factOf<K extends FactKind>(kinds: readonly K[], bytes: Uint8Array): Fact<K> | undefined {
  try {
    return decodeFact(kinds, bytes).fact;
  } catch {
    return undefined;
  }
}
