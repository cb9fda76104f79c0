import { digest } from '../crypto/mod.ts';
import type { Clock } from '../time/mod.ts';
import type { MasterKeyHolder } from './holder.ts';

export type KeepOpenOptions = Readonly<{
  /** How long an unwrapped key is kept. With 0 none is. */
  lifeMs: number;
  /** So many are kept; the oldest gives way. */
  keysMax: number;
  clock: Clock;
}>;

/**
 * A holder whose unwrapped keys are kept for a while, so that not every use of a key asks a key management service.
 * Many who ask for one key at once share one request. Each gets bytes of its own, and a key that gives way is wiped. No
 * key outlives its time because the service is down.
 */
export function keepOpen(holder: MasterKeyHolder, { lifeMs, keysMax, clock }: KeepOpenOptions): MasterKeyHolder {
  const kept = new Map<string, Readonly<{ key: Buffer; untilMs: number }>>();
  const asking = new Map<string, Promise<Buffer | undefined>>();
  /** All live equally long, so the first in the map is the oldest. */
  function makeRoom(nowMs: number, most: number): void {
    for (const [name, { key, untilMs }] of kept) {
      if (untilMs > nowMs && kept.size <= most) return;
      key.fill(0);
      kept.delete(name);
    }
  }
  async function ask(name: string, ...asked: Parameters<MasterKeyHolder['open']>): Promise<Buffer | undefined> {
    const nowMs = clock.now().getTime();
    const key = await holder.open(...asked);
    if (key !== undefined && lifeMs > 0) {
      makeRoom(nowMs, keysMax - 1);
      kept.set(name, { key: Buffer.from(key), untilMs: nowMs + lifeMs });
    }
    return key;
  }
  return {
    ...holder,
    async open(wrapped, context) {
      const name = digest(wrapped.keyId, wrapped.sealed, context);
      makeRoom(clock.now().getTime(), keysMax);
      const known = kept.get(name);
      if (known !== undefined) return Buffer.from(known.key);
      const underWay = asking.get(name) ?? ask(name, wrapped, context).finally(() => asking.delete(name));
      asking.set(name, underWay);
      const key = await underWay;
      return key && Buffer.from(key);
    },
  };
}
