import type { Clock } from '@vox/platform/time';
import { createChallenge, randomInt, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { z } from 'zod';
import type { BotVerifier, ProofPlace } from '../decide/verifier.ts';
import type { SpentNonces } from '../keep/spent-nonces.ts';

export type ProofOfWorkOptions = Readonly<{
  /** Signs challenges; the same in every copy. */
  secret: string;
  /** Another that is believed too, while it is rotated. */
  previousSecret?: string | undefined;
  nonces: SpentNonces;
  clock: Pick<Clock, 'now'>;
  /** Mean number of tries that a browser needs. */
  tries: number;
}>;

/** PBKDF2 rounds of one try. A browser makes some thousand tries of this size in a second. */
const roundsPerTry = 500;
const lifeMs = 300_000;

const text = z.string().max(512);
const parameters = z.object({
  algorithm: z.literal('PBKDF2/SHA-256'),
  nonce: text,
  salt: text,
  cost: z.literal(roundsPerTry),
  keyLength: z.number().int().max(64),
  keyPrefix: text,
  keySignature: text,
  expiresAt: z.number(),
  data: z.object({ tenantId: text, origin: text }),
});
const Payload = z.object({
  challenge: z.object({ parameters, signature: text }),
  solution: z.object({ counter: z.number().int().nonnegative(), derivedKey: text }),
});

/** ALTCHA’s proof of work: signed, five minutes long, for one tenant and origin, spent once. */
export function proofOfWork({ secret, previousSecret, nonces, clock, tries }: ProofOfWorkOptions): BotVerifier {
  const secrets = secretsOf(secret);
  const believed = previousSecret === undefined ? [secrets] : [secrets, secretsOf(previousSecret)];
  return {
    async challenge({ tenantId, origin }) {
      const made = await createChallenge({
        algorithm: 'PBKDF2/SHA-256',
        cost: roundsPerTry,
        counter: randomInt(Math.ceil(tries / 2), Math.ceil(tries * 1.5)),
        expiresAt: Math.floor((clock.now().getTime() + lifeMs) / 1_000),
        data: { tenantId, origin },
        deriveKey,
        ...secrets,
      });
      return { kind: 'proof-of-work', challenge: made };
    },
    async verify({ given }, place) {
      const payload = readPayload(given);
      if (payload === undefined || !isFor(place, payload.challenge.parameters)) return false;
      const { nonce, expiresAt } = payload.challenge.parameters;
      const leftMs = expiresAt * 1_000 - clock.now().getTime();
      if (leftMs <= 0) return false;
      for (const each of believed)
        if ((await verifySolution({ ...payload, deriveKey, ...each })).verified) return nonces.spend(nonce, leftMs);
      return false;
    },
  };
}

const secretsOf = (secret: string) => ({
  hmacSignatureSecret: `${secret}:challenge`,
  hmacKeySignatureSecret: `${secret}:key`,
});

const isFor = (place: ProofPlace, { data }: z.infer<typeof parameters>): boolean =>
  data.tenantId === place.tenantId && data.origin === place.origin;

function readPayload(given: string | undefined): z.infer<typeof Payload> | undefined {
  try {
    const read = Payload.safeParse(JSON.parse(Buffer.from(given ?? '', 'base64').toString('utf8')));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}
