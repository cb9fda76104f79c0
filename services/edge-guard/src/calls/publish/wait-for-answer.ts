import type { Fact, FactKind } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { z } from 'zod';

type Waiting<K extends FactKind, S extends z.ZodType> = Readonly<{
  kind: K;
  fact: Fact<K>;
  answer: S;
  timeoutMs: number;
  /** What stays here for whoever is to answer. */
  holds?: unknown;
}>;

/**
 * Publishes a fact and waits for whoever it makes answer. `undefined` when the fact was a repeat: nobody hears that
 * one. Throws Fault UNAVAILABLE when the fact is not stored, or nobody answers within `timeoutMs`.
 */
export async function waitForAnswer<K extends FactKind, S extends z.ZodType>(
  bus: Pick<Bus, 'expect' | 'publish'>,
  { kind, fact, answer, timeoutMs, holds }: Waiting<K, S>,
): Promise<z.infer<S> | undefined> {
  const waiting = bus.expect(answer, { timeoutMs, holds });
  try {
    const { duplicate } = await bus.publish(kind, fact, { replyTo: waiting.replyTo });
    return duplicate ? undefined : await waiting.answer;
  } finally {
    waiting.cancel();
  }
}
