import { inspect } from 'node:util';
import { Secret } from '@vox/platform/secret';
import { stoppedClock } from '@vox/platform/time';
import { describe, expect, it } from 'vitest';
import type { Borrowed, Borrowing } from './borrow-secrets.ts';
import { borrowedKeptMs, keepBorrowed } from './keep-borrowed.ts';

const asked: Borrowing = { tenantId: 'acme', names: ['SHOP_KEY'], host: 'api.example', timeoutMs: 100 };

/** Auth, whose answer is in the test's hand, and whoever borrows from it. */
function lending() {
  const clock = stoppedClock('2026-05-05T12:00:00.000Z');
  const questions: Borrowing[] = [];
  const auth = { value: 'first' as string | undefined, changesAtMs: undefined as number | undefined, isDown: false };
  const whileAsked = { pause: async (): Promise<void> => undefined };
  const borrow = keepBorrowed(async (wanted): Promise<Borrowed> => {
    questions.push(wanted);
    const { value, changesAtMs } = auth;
    await whileAsked.pause();
    if (auth.isDown) throw new Error('down');
    if (value === undefined) return { kind: 'refused', name: 'SHOP_KEY', why: 'unknown' };
    return { kind: 'lent', values: new Map(wanted.names.map((name) => [name, Secret.of(value)])), changesAtMs };
  }, clock);
  const value = async (over: Partial<Borrowing> = {}) => {
    const lent = await borrow({ ...asked, ...over });
    return lent.kind === 'lent' ? lent.values.get('SHOP_KEY')?.reveal() : lent.why;
  };
  return { clock, questions, auth, borrow, value, whileAsked };
}

describe('a secret that was lent', () => {
  it('serves the uses of a moment, and auth is asked again half a second after it was asked', async () => {
    const { clock, questions, auth, value } = lending();
    expect([await value(), await value()]).toEqual(['first', 'first']);
    auth.value = 'second';
    clock.advanceMs(borrowedKeptMs - 1);
    expect([await value(), questions.length]).toEqual(['first', 1]);
    clock.advanceMs(1);
    expect([await value(), questions.length]).toEqual(['second', 2]);
    expect(borrowedKeptMs).toBeLessThan(1_000);
  });
  it('is not lent any more within a second after it was removed, whoever used it just before', async () => {
    const { clock, auth, value } = lending();
    await value();
    auth.value = undefined;
    for (let ms = 0; ms < borrowedKeptMs; ms += 100, clock.advanceMs(100)) await value();
    expect(await value()).toBe('unknown');
    expect(await value()).toBe('unknown');
  });
  it('gives way to the version of a rotation at the very moment from which it is in force', async () => {
    const { clock, auth, value } = lending();
    auth.changesAtMs = clock.now().getTime() + 200;
    expect(await value()).toBe('first');
    [auth.value, auth.changesAtMs] = ['second', undefined];
    clock.advanceMs(199);
    expect(await value()).toBe('first');
    clock.advanceMs(1);
    expect(await value()).toBe('second');
  });
  it('is for its tenant, its names and its host alone', async () => {
    const { auth, value } = lending();
    await value();
    auth.value = 'another';
    expect(await value({ tenantId: 'other' })).toBe('another');
    expect(await value({ host: 'maps.example' })).toBe('another');
    expect(await value({ names: ['SHOP_KEY', 'MAP_KEY'] })).toBe('another');
    expect(await value()).toBe('first');
  });
  it('is asked for once by uses that come at once, and counts from the question on', async () => {
    const { clock, questions, auth, value, whileAsked } = lending();
    const answered = Promise.withResolvers<void>();
    whileAsked.pause = () => answered.promise;
    const waiting = [value(), value()];
    clock.advanceMs(borrowedKeptMs);
    auth.value = undefined;
    const late = value();
    answered.resolve();
    expect(await Promise.all(waiting)).toEqual(['first', 'first']);
    expect(await late).toBe('unknown');
    expect(await value()).toBe('unknown');
    expect(questions).toHaveLength(3);
  });
  it('lasts no longer where the clock is set back', async () => {
    const { clock, auth, value } = lending();
    await value();
    auth.value = 'second';
    clock.advanceMs(-60_000);
    expect(await value()).toBe('second');
  });
  it('is kept neither where auth refuses nor where it is down', async () => {
    const { questions, auth, value } = lending();
    auth.value = undefined;
    expect([await value(), await value()]).toEqual(['unknown', 'unknown']);
    [auth.value, auth.isDown] = ['first', true];
    await expect(value()).rejects.toThrow('down');
    auth.isDown = false;
    expect(await value()).toBe('first');
    expect(questions).toHaveLength(4);
  });
  it('shows as [secret], also of those that were kept', async () => {
    const { borrow } = lending();
    await borrow(asked);
    expect(inspect(await borrow(asked), { depth: 9 })).not.toContain('first');
  });
});
