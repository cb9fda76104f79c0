import fc from 'fast-check';
import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { newTotpSecret, stepOfCode, totpUri } from './totp-steps.ts';

const secret = newTotpSecret(() => Buffer.from('12345678901234567890'));
const shape = { algorithm: 'SHA1', digits: 6, period: 30 };
const codeAt = (ms: number): string => TOTP.generate({ secret: Secret.fromBase32(secret), ...shape, timestamp: ms });

describe('a code of an authenticator app', () => {
  it('is the last six digits of the vectors of RFC 6238, appendix B', () => {
    for (const [seconds, code] of [
      [59, '287082'],
      [1_111_111_109, '081804'],
      [1_111_111_111, '050471'],
      [1_234_567_890, '005924'],
      [2_000_000_000, '279037'],
    ] as const)
      expect(stepOfCode(secret, code, seconds * 1_000)).toBe(Math.floor(seconds / 30));
  });
  it('is good in every second of its step, of the one before and of the one after, and in no other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 130_000_000 }), (step) => {
        const code = codeAt(step * 30_000);
        for (let second = -60; second < 90; second += 1) {
          const nowMs = (step * 30 + second) * 1_000;
          const near = [-1, 0, 1].map((aside) => codeAt(nowMs + aside * 30_000));
          // Two steps share a code once in a million: then it is good as the other one's too.
          if (near.filter((each) => each === code).length > 1) continue;
          const isNear = second >= -30 && second < 60;
          expect(stepOfCode(secret, code, nowMs)).toBe(isNear || near.includes(code) ? step : undefined);
        }
      }),
      { numRuns: 25 },
    );
  });
  it('is refused in another length or with another sign', () => {
    const nowMs = 59_000;
    for (const code of ['28708', '2870820', '28708x', '', '２８７０８２'])
      expect(stepOfCode(secret, code, nowMs)).toBeUndefined();
  });
  it('comes from an address that every app reads', () => {
    const uri = new URL(totpUri(secret, { issuer: 'VOX acme', label: 'ann@acme.example' }));
    expect(uri.protocol + uri.host).toBe('otpauth:totp');
    expect(Object.fromEntries(uri.searchParams)).toMatchObject({
      ...{ secret, issuer: 'VOX acme', algorithm: 'SHA1', digits: '6', period: '30' },
    });
  });
});
