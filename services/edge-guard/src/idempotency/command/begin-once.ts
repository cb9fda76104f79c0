import { digest, type SealKeys, seal, unseal } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { z } from 'zod';
import type { Claims } from '../../store/mod.ts';

export type OnceDependencies = Readonly<{
  idempotencyKeys: Claims;
  /** What answers are sealed under while they may be asked for again; the same in every copy. */
  sealKey: SealKeys;
  /** Longest wait for an answer. */
  requestDeadlineMs: number;
}>;

/** A request that is answered once under its key. `answered` is what was answered before. */
export type Once = Readonly<{
  answered?: unknown;
  remember: (answer: unknown) => Promise<void>;
  /** Gives the key free again, for the request came to nothing. */
  release: () => Promise<void>;
}>;

type Asked = Readonly<{
  /** Whom the key belongs to. */
  scope: readonly string[];
  /** The key that was given. */
  given: string;
  /** What is asked for. */
  asked: unknown;
}>;

const Kept = z.object({ body: z.string(), sealed: z.string().optional() });
/** As long as a browser may reasonably ask again for an answer that it lost. */
const answerLifeMs = 600_000;
const marginMs = 1_000;

/** Under what a request is remembered. */
export const idempotencyKey = (scope: readonly string[], given: string): string => `once:${digest(...scope, given)}`;

/**
 * Begins a request under its idempotency key. Throws Fault IDEMPOTENCY_CONFLICT while the first one is under way, and
 * IDEMPOTENCY_MISMATCH when it asked for something else.
 */
export async function beginOnce(
  { idempotencyKeys, sealKey, requestDeadlineMs }: OnceDependencies,
  { scope, given, asked }: Asked,
): Promise<Once> {
  const key = idempotencyKey(scope, given);
  const asksFor = digest(JSON.stringify(asked));
  // A body may hold a short secret, which could be guessed from a plain digest.
  const body = seal(sealKey, `${key}:asked`, asksFor);
  const standing = await idempotencyKeys.claim(key, JSON.stringify({ body }), requestDeadlineMs + marginMs);
  if (standing === undefined)
    return {
      remember: (answer) => {
        const sealed = seal(sealKey, key, JSON.stringify(answer));
        return idempotencyKeys.put(key, JSON.stringify({ body, sealed }), answerLifeMs);
      },
      release: () => idempotencyKeys.release(key),
    };
  const kept = Kept.parse(JSON.parse(standing));
  if (unseal(sealKey, `${key}:asked`, kept.body) !== asksFor) throw new Fault('IDEMPOTENCY_MISMATCH');
  const answer = kept.sealed === undefined ? undefined : unseal(sealKey, key, kept.sealed);
  if (answer === undefined) throw new Fault('IDEMPOTENCY_CONFLICT', { retryAfterSeconds: 1 });
  // Whoever only repeats a request has no part in its key.
  return { answered: JSON.parse(answer), remember: async () => undefined, release: async () => undefined };
}
