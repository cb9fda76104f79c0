import { systemClock } from '@vox/platform/time';
import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { describe, expect, it } from 'vitest';
import type { BotVerifier } from '../decide/verifier.ts';
import { proofOfWork } from './proof-of-work.ts';

const place = { tenantId: 'acme', origin: 'https://shop.example', ip: '203.0.113.9' };
const proof = (given?: string) => ({ given, header: () => undefined });

describe('proof of work', () => {
  const spent = new Set<string>();
  const options = {
    secret: 'test-secret',
    nonces: { spend: async (nonce: string) => !spent.has(nonce) && Boolean(spent.add(nonce)) },
    clock: systemClock,
    tries: 4,
  };
  const verifier = proofOfWork(options);
  const solved = async (by: BotVerifier = verifier, change: (challenge: Challenge) => Challenge = (same) => same) => {
    const challenge = change((await by.challenge(place)).challenge as Challenge);
    const solution = await solveChallenge({ challenge, deriveKey });
    return Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
  };

  it('admits a proof once', async () => {
    const payload = await solved();
    expect(await verifier.verify(proof(payload), place)).toBe(true);
    expect(await verifier.verify(proof(payload), place)).toBe(false);
  });
  it('refuses a proof of another tenant or origin, and does not spend it', async () => {
    const payload = await solved();
    expect(await verifier.verify(proof(payload), { ...place, tenantId: 'other' })).toBe(false);
    expect(await verifier.verify(proof(payload), { ...place, origin: 'https://evil.example' })).toBe(false);
    expect(await verifier.verify(proof(payload), place)).toBe(true);
  });
  it('refuses a challenge that we did not sign, or that was made easier', async () => {
    const own = await solved(proofOfWork({ ...options, secret: 'another' }));
    expect(await verifier.verify(proof(own), place)).toBe(false);
    const eased = await solved(verifier, ({ parameters, ...rest }) => ({
      ...rest,
      parameters: { ...parameters, keyPrefix: '00' },
    }));
    expect(await verifier.verify(proof(eased), place)).toBe(false);
  });
  it('admits a proof under the key of before as long as that is believed, and challenges under the key of now', async () => {
    const rotated = proofOfWork({ ...options, secret: 'next', previousSecret: options.secret });
    expect(await rotated.verify(proof(await solved()), place)).toBe(true);
    expect(await proofOfWork({ ...options, secret: 'next' }).verify(proof(await solved(rotated)), place)).toBe(true);
    expect(await rotated.verify(proof(await solved(proofOfWork({ ...options, secret: 'another' }))), place)).toBe(
      false,
    );
  });
  it('refuses a proof after its five minutes', async () => {
    const payload = await solved();
    const late = proofOfWork({ ...options, clock: { now: () => new Date(Date.now() + 301_000) } });
    expect(await late.verify(proof(payload), place)).toBe(false);
  });
  it.each([undefined, '', 'nonsense', Buffer.from('{}').toString('base64'), Buffer.from('[').toString('base64')])(
    'refuses what is no proof: %j',
    async (given) => {
      expect(await verifier.verify(proof(given), place)).toBe(false);
    },
  );
});
