import { randomBytes } from 'node:crypto';
import { systemClock as clock } from '@vox/platform/time';
import { freshRedactionState } from '@vox/redaction';
import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { describe, expect, it } from 'vitest';
import { proofOfWork } from './bot/command/proof-of-work.ts';
import { spentNonces } from './bot/keep/spent-nonces.ts';
import { beginOnce } from './idempotency/command/begin-once.ts';
import { memoryStores } from './memory.ts';
import { edgeSecrets } from './secrets.ts';
import { putState, takeState } from './transcripts/command/redaction-state.ts';

const [former, next] = [randomBytes(32), randomBytes(32)];
/** The steps of docs/rotation.md, as the settings of one copy after another. */
const steps: readonly (readonly [Uint8Array, Uint8Array])[] = [
  [former, next],
  [next, former],
];
const place = { tenantId: 'acme', origin: 'https://shop.example', ip: '203.0.113.9' };
const lanes = 6;
const yields = (count: number): Promise<void> =>
  count === 0 ? Promise.resolve() : new Promise<void>((resolve) => setImmediate(resolve)).then(() => yields(count - 1));

describe('a change of the secret of edge-guard under load', () => {
  const stores = memoryStores(clock);
  function copyWith(secret: Uint8Array, previous?: Uint8Array) {
    const { proof, sealKey } = edgeSecrets(secret, previous);
    return {
      bot: proofOfWork({ ...proof, nonces: spentNonces(stores.claims), clock, tries: 1 }),
      once: { idempotencyKeys: stores.claims, sealKey, requestDeadlineMs: 5_000 },
      states: { redactionStates: stores.redactionStates, sealKey },
    };
  }
  const copies = [copyWith(former), copyWith(former)];
  const copy = (n: number) => copies[n % 2] as (typeof copies)[number];
  const state = { carry: freshRedactionState, messages: 3, bytes: 30 };

  /** What a visitor does at one copy and goes on with at another. */
  async function visit(n: number): Promise<void> {
    const challenge = (await copy(n).bot.challenge(place)).challenge as Challenge;
    const solution = await solveChallenge({ challenge, deriveKey });
    const given = Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
    const asked = { scope: ['acme', `v${n}`], given: 'key', asked: { n } };
    const first = await beginOnce(copy(n).once, asked);
    await first.remember({ answer: n });
    await putState(copy(n).states, `s${n}`, { after: state, before: state, batch: 'b' });
    await yields(n % 7);
    expect(await copy(n >> 1).bot.verify({ given, header: () => undefined }, place)).toBe(true);
    expect((await beginOnce(copy(n >> 1).once, asked)).answered).toEqual({ answer: n });
    expect(await takeState(copy(n >> 1).states, `s${n}`)).toMatchObject({ after: { messages: 3 }, batch: 'b' });
  }

  it('refuses no proof, repeats each answer and knows the state of each call, whichever copy is asked', async () => {
    let [n, isOver] = [0, false];
    const lane = async (): Promise<void> => {
      while (!isOver) {
        n += 1;
        await visit(n);
      }
    };
    const working = Array.from({ length: lanes }, lane);
    const someVisits = async (): Promise<void> => {
      for (const enough = n + lanes; n < enough; ) await yields(10);
    };
    for (const [secret, previous] of steps)
      for (const which of [0, 1]) {
        await someVisits();
        copies[which] = copyWith(secret, previous);
      }
    await someVisits();
    isOver = true;
    await Promise.all(working);
  }, 30_000);
  it('ends what was sealed under the former one once that is taken out', async () => {
    await putState(copyWith(former).states, 'late', { after: state, before: state, batch: 'b' });
    expect(await takeState(copyWith(next).states, 'late')).not.toMatchObject({ batch: 'b' });
  });
});
