import { describe, expect, it } from 'vitest';
import { faultOfDenial } from './fault-of-denial.ts';

const now = new Date('2026-11-30T12:00:00.000Z');

describe('a denial of a kind of call', () => {
  it.each([
    ['brokered', 'DIRECT_ONLY'],
    ['direct', 'BROKERED_ONLY'],
  ] as const)('of a %s call says what to send instead, though the tenant changed meanwhile', (mode, code) => {
    expect(faultOfDenial({ reason: 'mode-not-allowed' }, { mode, now })).toMatchObject({ code });
  });
});
