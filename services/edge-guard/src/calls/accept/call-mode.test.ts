import { somePolicy } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { chromeOffer } from '../offers.fixture.ts';
import { callMode } from './call-mode.ts';

const run = callMode.run({});
const ask = (calls: 'brokered' | 'direct' | 'both', offer?: string) =>
  run({ policy: somePolicy({ calls }), body: { offer } });

describe('the mode of a call', () => {
  it('is brokered with an offer and direct without, where the tenant allows both', () => {
    expect([ask('both', chromeOffer), ask('both')]).toEqual([{ mode: 'brokered' }, { mode: 'direct' }]);
  });
  it('is the one that the tenant allows', () => {
    expect([ask('brokered', chromeOffer), ask('direct')]).toEqual([{ mode: 'brokered' }, { mode: 'direct' }]);
  });
  it('that the tenant does not allow is refused, and the refusal says what to send', () => {
    const refusal = (code: string) => expect.objectContaining({ code, message: expect.stringContaining('`offer`') });
    expect(() => ask('brokered')).toThrow(refusal('BROKERED_ONLY'));
    expect(() => ask('direct', chromeOffer)).toThrow(refusal('DIRECT_ONLY'));
  });
});
