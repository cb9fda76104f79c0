import { describe, expect, it } from 'vitest';
import { unfinishedMessages } from './unfinished.ts';

describe('the age of the oldest message that a consumer has not finished', () => {
  it('is that of the oldest that this copy was given, until it is finished', () => {
    const messages = unfinishedMessages();
    messages.given(7, 1_000);
    messages.given(8, 4_000);
    expect(messages.oldestMs({ unfinished: 2, floor: 6 }, 10_000)).toBe(9_000);
    messages.finished(7);
    expect(messages.oldestMs({ unfinished: 1, floor: 7 }, 10_000)).toBe(6_000);
    messages.finished(8);
    expect(messages.oldestMs({ unfinished: 0, floor: 8 }, 10_000)).toBe(0);
  });
  it('forgets a message that another copy finished', () => {
    const messages = unfinishedMessages();
    messages.given(7, 1_000);
    messages.given(9, 5_000);
    expect(messages.oldestMs({ unfinished: 1, floor: 8 }, 10_000)).toBe(5_000);
    expect(messages.oldestMs({ unfinished: 0, floor: 9 }, 11_000)).toBe(0);
  });
  it('grows while there are messages that nobody is given, and begins anew once there are none', () => {
    const messages = unfinishedMessages();
    expect(messages.oldestMs({ unfinished: 3, floor: 0 }, 10_000)).toBe(0);
    expect(messages.oldestMs({ unfinished: 5, floor: 0 }, 70_000)).toBe(60_000);
    expect(messages.oldestMs({ unfinished: 0, floor: 5 }, 80_000)).toBe(0);
    expect(messages.oldestMs({ unfinished: 1, floor: 5 }, 90_000)).toBe(0);
  });
});
