import type { ApiKeyProof } from '@vox/contracts';
import { digest } from '@vox/platform/crypto';
import { LRUCache } from 'lru-cache';

const proofsMax = 10_000;

/**
 * Proofs of API keys for the minute that each lives, by key and address: a key may be good at one address alone. The
 * key itself is kept nowhere. Bounded: the longest unused are forgotten and asked for again.
 */
export type KeptProofs = Readonly<{
  /** The proof that is kept, or else what `ask` brings. Requests that come together ask once. A failure is not kept. */
  getOrAsk: (apiKey: string, ip: string, nowMs: number, ask: () => Promise<ApiKeyProof>) => Promise<ApiKeyProof>;
}>;

type Entry = { proof: Promise<ApiKeyProof>; untilMs: number };

export function keptProofs(max = proofsMax): KeptProofs {
  const proofs = new LRUCache<string, Entry>({ max });
  return {
    getOrAsk(apiKey, ip, nowMs, ask) {
      const name = digest('api-key', apiKey, ip);
      const known = proofs.get(name);
      if (known !== undefined && known.untilMs > nowMs) return known.proof;
      const entry: Entry = { proof: ask(), untilMs: Number.POSITIVE_INFINITY };
      proofs.set(name, entry);
      entry.proof.then(
        ({ expiresAt }) => {
          entry.untilMs = Date.parse(expiresAt);
        },
        () => {
          if (proofs.peek(name) === entry) proofs.delete(name);
        },
      );
      return entry.proof;
    },
  };
}
