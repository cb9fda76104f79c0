import { somePolicy } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { callers } from '../../checks/tenants.fixture.ts';
import { passedOf } from './passed.ts';

const { identity } = callers.token;
const always = ['address-limit', 'user-limit', 'origin'];

describe('what a request for a call has passed', () => {
  it('names the proof of a person where one was shown, and says where a verifier gave no answer', () => {
    const policy = somePolicy();
    expect(passedOf({ policy, identity, botVerdict: 'not-asked' })).toEqual(always);
    expect(passedOf({ policy, identity, botVerdict: 'person' })).toEqual([...always, 'bot']);
    expect(passedOf({ policy, identity, botVerdict: 'unverified' })).toEqual([...always, 'bot-unverified']);
  });
  it('names the consent of a visitor where the tenant demands one, and none of a member', () => {
    const { consent } = somePolicy();
    const policy = somePolicy({ consent: { ...consent, disclosure: true } });
    const member = { kind: 'console', userId: 'm_1' } as const;
    expect(passedOf({ policy, identity, botVerdict: 'not-asked' })).toEqual([...always, 'consent']);
    expect(passedOf({ policy, identity: member, botVerdict: 'not-asked' })).toEqual(always);
  });
});
