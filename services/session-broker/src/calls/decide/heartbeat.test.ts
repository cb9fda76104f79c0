import { describe, expect, it } from 'vitest';
import { beat, isNews, proved } from './heartbeat.ts';
import { someSession } from './session.fixture.ts';

const seen = someSession({ connectedAtMs: 1_000, lastSeenAtMs: 1_000, lastActiveAtMs: 1_000, callId: 'rtc_1' });

describe('the first heartbeat', () => {
  it('connects the call and counts as activity, though nobody spoke', () => {
    expect(beat(someSession(), { nowMs: 5_000, active: false })).toMatchObject({
      connectedAtMs: 5_000,
      lastSeenAtMs: 5_000,
      lastActiveAtMs: 5_000,
    });
  });
});

describe('a later heartbeat', () => {
  it('leaves the moment of the connection and the id of the call as they are', () => {
    expect(beat(seen, { nowMs: 9_000, active: true, callId: 'rtc_2' })).toMatchObject({
      connectedAtMs: 1_000,
      lastSeenAtMs: 9_000,
      lastActiveAtMs: 9_000,
      callId: 'rtc_1',
    });
  });
  it('is no activity when nobody spoke', () => {
    expect(beat(seen, { nowMs: 9_000, active: false }).lastActiveAtMs).toBe(1_000);
  });
  it('does not take back a later sign of life that overtook it', () => {
    expect(beat({ ...seen, lastSeenAtMs: 9_000 }, { nowMs: 8_000, active: false }).lastSeenAtMs).toBe(9_000);
  });
  it.each([
    ['is no news within a second', seen, { nowMs: 1_999, active: true, callId: 'rtc_1' }, false],
    ['is news after a second', seen, { nowMs: 2_000, active: false }, true],
    ['is news when somebody spoke again', { ...seen, lastSeenAtMs: 3_000 }, { nowMs: 3_500, active: true }, true],
    ['is news when it is the first', someSession(), { nowMs: 1, active: false }, true],
    [
      'is news when it brings the call’s id',
      { ...seen, callId: undefined },
      { nowMs: 1_001, active: false, callId: 'x' },
      true,
    ],
  ] as const)('%s', (_what, session, heartbeat, expected) => {
    expect(isNews(session, heartbeat)).toBe(expected);
  });
});

describe('a call that is shown to be real', () => {
  it('keeps the first moment at which it was', () => {
    const first = proved(seen, 2_000);
    expect(first.provedAtMs).toBe(2_000);
    expect(proved(first, 3_000)).toBe(first);
  });
});
