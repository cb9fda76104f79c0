import { Fault } from '@vox/platform/fault';
import { limitKeyOf } from '../../client/mod.ts';
import type { Dimension } from '../decide/window.ts';
import type { DenyCache } from '../keep/deny-cache.ts';
import type { LimitAnswer } from '../keep/limits.ts';

/** Wrong secrets of one key from one address (of IPv6 one /64) within any minute. */
const guesses = { perMinute: 10, burst: 0 };

/** Refuses who has guessed too often, and counts a guess. */
export type GuessLimit = Readonly<{
  /** Throws Fault RATE_LIMIT_EXCEEDED where no guess is left. It asks nobody. */
  demand: (keyId: string, ip: string) => void;
  /** Counts a wrong secret. Throws Fault RATE_LIMIT_EXCEEDED where it was one too many. */
  count: (keyId: string, ip: string) => Promise<void>;
}>;

/**
 * A budget for each key and address together. So whoever guesses is slowed, and the rightful holder at another address
 * is not: nobody is locked out by what somebody else tries.
 */
export function guessLimit(limits: DenyCache): GuessLimit {
  const dimension = (keyId: string, ip: string): Dimension => ({
    scope: 'key',
    key: `${keyId}@${limitKeyOf(ip)}`,
    limit: guesses,
  });
  return {
    demand(keyId, ip) {
      const refused = limits.known(dimension(keyId, ip));
      if (refused !== undefined) throw overLimit(refused);
    },
    async count(keyId, ip) {
      const answer: LimitAnswer = await limits.take([dimension(keyId, ip)]);
      if (answer.kind === 'refused') throw overLimit(answer);
    },
  };
}

const overLimit = ({ retryMs }: Readonly<{ retryMs: number }>): Fault =>
  new Fault('RATE_LIMIT_EXCEEDED', { scope: 'key', retryAfterSeconds: Math.ceil(retryMs / 1_000) });
