import { setImmediate } from 'node:timers/promises';
import type { Bus } from '@vox/platform/bus';

/** The steps of stores and of the bus at which a property test crashes, counted over all of them. */
export type Crashes = Readonly<{ step: () => void; over: () => void }>;

export function crashes(at: readonly number[]): Crashes {
  const due = new Set(at);
  let count = 0;
  return {
    step() {
      count += 1;
      if (due.has(count)) throw new Error('crash');
    },
    over: () => due.clear(),
  };
}

/** The bus of a process that may crash just before and just after each publish. */
export function crashingBus<B extends Bus>(bus: B, step: () => void): B {
  const between = async <R>(say: () => Promise<R>): Promise<R> => {
    step();
    const said = await say();
    step();
    return said;
  };
  return {
    ...bus,
    publish: (kind, fact, options) => between(() => bus.publish(kind, fact, options)),
    reply: (replyTo, schema, value) => between(() => bus.reply(replyTo, schema, value)),
  };
}

/**
 * Delays the steps of a store by these turns, over and over, so that one copy overtakes another in the middle of its
 * work.
 */
export function turns(lengths: readonly number[]): () => Promise<void> {
  let step = 0;
  return async () => {
    const length = lengths[step % lengths.length] ?? 1;
    step += 1;
    for (let turn = 0; turn < length; turn += 1) await setImmediate();
  };
}
