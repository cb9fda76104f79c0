import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ended } from './end.ts';
import { someSession } from './session.fixture.ts';
import { connectedSeconds, dueAtMs, idleSecondsOf, mustWarn, overdue } from './time-limits.ts';

const connected = { connectedAtMs: 10_000, lastSeenAtMs: 10_000, lastActiveAtMs: 10_000 };
const seen = (atMs: number) => ({ ...connected, lastSeenAtMs: atMs, lastActiveAtMs: atMs });
const quick = { secretExpiresAtMs: 5_000 };
const slow = { secretExpiresAtMs: 90_000 };

describe('a call', () => {
  it.each([
    ['after 30 seconds without a heartbeat', quick, 30_000, 'never_connected'],
    ['when its secret can begin it no more, where that is later', slow, 90_000, 'never_connected'],
    [
      'at the end of its time, though its secret lives longer',
      { ...slow, endsAtMs: 60_000 },
      60_000,
      'never_connected',
    ],
    ['at the end of its time', seen(899_000), 900_000, 'max_duration'],
    ['after the longest silence', { ...seen(10_000), lastSeenAtMs: 300_000 }, 310_000, 'idle'],
    ['after three missed heartbeats', { ...seen(10_000), lastActiveAtMs: 20_000 }, 145_000, 'idle'],
    ['when nothing shows in time that it is real', { ...seen(100_000), proveSeconds: 120 }, 130_000, 'never_connected'],
  ] as const)('%s', (_when, over, atMs, reason) => {
    const session = someSession(over);
    expect(overdue(session, atMs - 1)).toBeUndefined();
    expect(overdue(session, atMs)).toBe(reason);
    expect(dueAtMs({ ...session, warned: true })).toBe(atMs);
  });
  it('is over for the limit that was reached first, however late anybody looks', () => {
    expect(overdue(someSession({ ...seen(10_000), lastSeenAtMs: 899_000 }), 10_000_000)).toBe('idle');
  });
  it('goes on when something has shown that it is real', () => {
    const session = someSession({ ...seen(200_000), proveSeconds: 120, provedAtMs: 50_000 });
    expect(overdue(session, 250_000)).toBeUndefined();
  });
  it('is never over before the sweep would look at it', () => {
    const moment = fc.nat(1_000_000);
    fc.assert(
      fc.property(moment, moment, moment, fc.boolean(), (lastSeenAtMs, lastActiveAtMs, nowMs, warned) => {
        const session = someSession({ ...connected, lastSeenAtMs, lastActiveAtMs, warned });
        if (overdue(session, nowMs) !== undefined) expect(dueAtMs(session)).toBeLessThanOrEqual(nowMs);
      }),
    );
  });
});

describe('the sweep looks at', () => {
  it('a connected call a minute before its end, to warn of it once', () => {
    const session = someSession({ ...seen(839_000) });
    expect(dueAtMs(session)).toBe(840_000);
    expect([839_999, 840_000].map((nowMs) => mustWarn(session, nowMs))).toEqual([false, true]);
    expect(mustWarn({ ...session, warned: true }, 840_000)).toBe(false);
    expect(mustWarn(someSession(), 840_000)).toBe(false);
  });
  it('an ended call at once until its end is published, and then two days later', () => {
    const over = ended(someSession(), 'client', 5_000);
    expect(dueAtMs(over)).toBe(5_000);
    expect(dueAtMs({ ...over, told: true })).toBe(5_000 + 2 * 86_400_000);
  });
});

describe('the length of a call', () => {
  it('counts whole seconds from its first heartbeat, and none after its end', () => {
    expect(connectedSeconds(someSession(), 800_000)).toBe(0);
    expect(connectedSeconds(someSession(connected), 12_999)).toBe(2);
    expect(connectedSeconds(someSession(connected), 2_000_000)).toBe(890);
  });
  it('is never less than zero, nor is its silence', () => {
    expect(connectedSeconds(someSession(connected), 9_000)).toBe(0);
    expect(idleSecondsOf(someSession(connected), 9_000)).toBe(0);
    expect(idleSecondsOf(someSession(connected), 15_000)).toBe(5);
  });
});
