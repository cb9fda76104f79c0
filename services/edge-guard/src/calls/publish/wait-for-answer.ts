import type { Fact, FactKind } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { z } from 'zod';

/**
 * Publishes a fact and waits for whoever it makes answer. `undefined` when the fact was a repeat: nobody hears that
 * one. Throws Fault UNAVAILABLE when the fact is not stored, or nobody answers within `timeoutMs`.
 */
export async function waitForAnswer<K extends FactKind, S extends z.ZodType>(
  bus: Pick<Bus, 'expect' | 'publish'>,
  { kind, fact, answer, timeoutMs }: Readonly<{ kind: K; fact: Fact<K>; answer: S; timeoutMs: number }>,
): Promise<z.infer<S> | undefined> {
  const waiting = bus.expect(answer, { timeoutMs });
  try {
    const { duplicate } = await bus.publish(kind, fact, { replyTo: waiting.replyTo });
    return duplicate ? undefined : await waiting.answer;
  } finally {
    waiting.cancel();
  }
}
