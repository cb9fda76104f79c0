import { type Challenge, createChallenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { describe, expect, it } from 'vitest';
import { type Answer, type Shop, shopOn } from '../../stack/visitor.ts';
import { codes, hostileStack, statuses, times, wide } from './harness.ts';

const { isOpen, stack } = await hostileStack();
const bot = { mode: 'proof-of-work', whenUnavailable: 'deny' };
const packed = (payload: object): string => Buffer.from(JSON.stringify(payload)).toString('base64');
const challengeIn = ({ body }: Answer): Challenge => (body.challenge as unknown as { challenge: Challenge }).challenge;

async function solved(challenge: Challenge): Promise<string> {
  return packed({ challenge, solution: await solveChallenge({ challenge, deriveKey }) });
}

describe.skipIf(!isOpen)('a proof of work', () => {
  const start = (shop: Shop, proof: string, token?: unknown) =>
    token === undefined
      ? shop.post('/api/session', { widgetKey: shop.widgetKey, bot: { kind: 'proof-of-work', proof } })
      : shop.post('/api/session', { bot: { kind: 'proof-of-work', proof } }, shop.bearer(token));
  const blocked = { status: 403, body: { code: 'BOT_BLOCKED' } };

  it('is spent once by many visitors at once, over both copies', async () => {
    const shop = await shopOn(stack, wide, bot);
    const boots = await times(20, () => shop.bootstrap());
    const proof = await solved(challengeIn(boots[0] as Answer));
    const raced = await times(40, (n) => start(shop, proof, boots[n % 20]?.body.widgetSessionToken));
    expect(statuses(raced)).toEqual({ 200: 1, 403: 39 });
    expect(codes(raced)).toEqual({ none: 1, BOT_BLOCKED: 39 });
    expect(await start(shop, proof)).toMatchObject(blocked);
  });

  it('of one tenant is worthless for another, and the attempt does not spend it', async () => {
    const [shop, other] = [await shopOn(stack, wide, bot), await shopOn(stack, wide, bot)];
    const proof = await solved(challengeIn(await shop.bootstrap()));
    expect(await start(other, proof)).toMatchObject(blocked);
    expect((await start(shop, proof)).status).toBe(200);
  });

  it('that was computed in advance, made easier or changed after the signing is worthless', async () => {
    const shop = await shopOn(stack, wide, bot);
    const real = challengeIn(await shop.bootstrap());
    const { parameters } = real;
    const own = await createChallenge({
      algorithm: 'PBKDF2/SHA-256',
      cost: 500,
      counter: 1,
      expiresAt: Math.floor(Date.now() / 1_000) + 300,
      data: { tenantId: shop.tenantId, origin: 'https://shop.example' },
      deriveKey,
      hmacSignatureSecret: 'ours',
      hmacKeySignatureSecret: 'ours too',
    });
    const { challenge, solution } = JSON.parse(Buffer.from(await solved(real), 'base64').toString()) as {
      challenge: Challenge;
      solution: { counter: number; derivedKey: string };
    };
    const forgeries = [
      await solved(own),
      await solved({ ...own, signature: real.signature ?? '' }),
      packed({ challenge: { ...challenge, parameters: { ...parameters, keyPrefix: '' } }, solution }),
      packed({ challenge: { ...challenge, parameters: { ...parameters, expiresAt: 4_102_444_800 } }, solution }),
      packed({ challenge: { ...challenge, parameters: { ...parameters, cost: 1 } }, solution }),
      packed({ challenge: { ...challenge, signature: '' }, solution }),
      packed({ challenge: { parameters }, solution }),
      packed({ challenge, solution: { ...solution, derivedKey: '' } }),
      packed({ challenge, solution: { counter: 0, derivedKey: '0'.repeat(64) } }),
      packed({ challenge }),
      '',
      'e30=',
      'x'.repeat(8_000),
    ];
    for (const forged of forgeries) expect(await start(shop, forged), forged.slice(0, 40)).toMatchObject(blocked);
    expect((await start(shop, packed({ challenge, solution }))).status).toBe(200);
  });

  it('that is invalid costs little to refuse, and visitors with a valid one are served meanwhile', async () => {
    const shop = await shopOn(stack, wide, bot);
    const proof = await solved(challengeIn(await shop.bootstrap()));
    const flood = times(300, (n) => start(shop, packed({ n, pad: 'x'.repeat(5_000) })));
    const mine = await start(shop, proof);
    expect(statuses(await flood)).toEqual({ 403: 300 });
    expect(mine.status).toBe(200);
    expect(mine.sentMs).toBeLessThan(5_000);
  });
});
