import type { FactKind } from '@vox/contracts';
import { type Archive, factOf } from '../archive.ts';
import type { Undeliverable } from '../dead-letter.ts';
import { matching } from '../filters.ts';

/** A message, and when it was stored. */
export type Kept = Undeliverable & Readonly<{ storedAtMs: number }>;

/** The messages and dead letters that the twin holds. */
export type Held = Readonly<{
  messages: () => readonly Kept[];
  /** Answers how many messages and dead letters went. */
  erase: (isWanted: (subjectName: string) => boolean) => number;
}>;

/** The in-memory twin of nats/archive.ts. */
export const memoryArchive = ({ messages, erase }: Held): Archive => ({
  forget: async (kinds, owner) => erase(matching(kinds, owner)),
  async *history<K extends FactKind>(
    kinds: readonly K[],
    owner: { tenantId?: string | undefined; sessionId?: string | undefined },
  ) {
    for (const kind of kinds) {
      const isWanted = matching([kind], owner);
      for (const { subjectName, bytes } of [...messages()]) {
        const fact = isWanted(subjectName) ? factOf(kinds, bytes) : undefined;
        if (fact !== undefined) yield fact;
      }
    }
  },
  async newest(kind, tenantId) {
    const isWanted = matching([kind], { tenantId });
    const last = messages().findLast(({ subjectName }) => isWanted(subjectName));
    return last && factOf([kind], last.bytes);
  },
});
