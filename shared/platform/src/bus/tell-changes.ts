import { changeOfFact } from '@vox/contracts';
import type { Facts, Signals } from './bus.ts';

/**
 * Publishes facts, and tells whoever shows what a fact changed as soon as its stream has it. A fact that is published
 * again is told again: the first notice may have been lost with the copy that owed it. Nobody waits for a notice, and
 * one that cannot be said fails no fact.
 */
export const tellChanges =
  ({ publish }: Pick<Facts, 'publish'>, { signal }: Pick<Signals, 'signal'>): Facts['publish'] =>
  async (kind, fact, options) => {
    const stored = await publish(kind, fact, options);
    const change = changeOfFact(kind, fact.data);
    try {
      if (change !== undefined) signal(change.signal, change.scope, change.notice);
    } catch {
      // The link is closing: whoever listens there is not told of anything any more.
    }
    return stored;
  };
