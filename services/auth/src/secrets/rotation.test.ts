import { RewrapSecrets } from '@vox/contracts';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type BookDecision,
  createSecret,
  emptyBook,
  rotateSecret,
  type SecretBook,
  versionInForce,
  withoutFormer,
} from './decide/book.ts';
import { decideLending } from './decide/lend.ts';
import {
  create,
  host,
  lent,
  minuteMs,
  rotate,
  type SecretsOnTwins,
  secretsOnTwins,
  tenantId,
  viewOf,
} from './secrets.fixture.ts';

const hourMs = 60 * minuteMs;
let fixture: SecretsOnTwins;
beforeEach(async () => {
  fixture = await secretsOnTwins({ copies: 2 });
});
const kept = () => fixture.secretBooks.read(tenantId);
const rewrap = (newDataKeys = false) => fixture.bus.ask(RewrapSecrets, { newDataKeys, actor: 'test' });

describe('a secret that is rotated', () => {
  it('is lent in its old version until the new one is in force, and then in that', async () => {
    await create(fixture, 'old');
    const inForceFrom = new Date(fixture.clock.now().getTime() + hourMs).toISOString();
    await rotate(fixture, 'new', { inForceFrom });
    expect(await viewOf(fixture)).toMatchObject({ version: 2, inForce: { version: 1 }, inForceFrom });
    fixture.clock.advanceMs(hourMs - 1);
    expect(await lent(fixture)).toEqual({ SHOP_KEY: 'old' });
    fixture.clock.advanceMs(1);
    expect(await lent(fixture)).toEqual({ SHOP_KEY: 'new' });
    expect(await viewOf(fixture)).toMatchObject({ version: 2, inForce: { version: 2 }, inForceFrom: null });
  });
  it('keeps nothing of a value that was replaced a minute ago', async () => {
    await create(fixture, 'old');
    await rotate(fixture, 'new');
    expect((await kept())?.secrets[0]?.versions).toHaveLength(2);
    fixture.clock.advanceMs(minuteMs);
    await expect.poll(async () => (await kept())?.secrets[0]?.versions.map(({ version }) => version)).toEqual([2]);
    expect(await lent(fixture)).toEqual({ SHOP_KEY: 'new' });
  });
  it.each([-1, 0, 91 * 24 * hourMs])('is not given a version for a moment %i ms from now', async (aheadMs) => {
    await create(fixture, 'old');
    const inForceFrom = new Date(fixture.clock.now().getTime() + aheadMs).toISOString();
    const refused = { code: 'INVALID_REQUEST', answer: { issues: [{ path: 'inForceFrom' }] } };
    await expect(rotate(fixture, 'new', { inForceFrom })).rejects.toMatchObject(refused);
  });
  it('is lent at each moment in the version that was in force or came into force, by clocks that differ', () => {
    const step = fc.record({
      passMs: fc.nat({ max: 90_000 }),
      aheadMs: fc.option(fc.integer({ min: 1, max: 90_000 })),
      sweeps: fc.boolean(),
    });
    const skews = fc.array(fc.integer({ min: -59_000, max: 59_000 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), skews, (steps, clocks) => {
        let nowMs = 10_000_000;
        const seal = (text: string) => ({ keyId: 'k', text });
        let book = stored(
          emptyBook('acme'),
          createSecret(emptyBook('acme'), { name: 'A', hosts: [host], sealed: seal('1') }, nowMs),
        );
        /** When each version was to come into force. One that gave way before never was. */
        let starts = new Map([['1', nowMs]]);
        for (const [n, { passMs, aheadMs, sweeps }] of steps.entries()) {
          nowMs += passMs;
          if (sweeps) book = withoutFormer(book, nowMs);
          starts = new Map([...starts].filter(([, at]) => at <= nowMs));
          const inForceFromMs = aheadMs === null ? undefined : nowMs + aheadMs;
          book = stored(book, rotateSecret(book, { name: 'A', sealed: seal(`${n + 2}`), inForceFromMs }, nowMs));
          starts.set(`${n + 2}`, inForceFromMs ?? nowMs);
          for (const skew of clocks) {
            const decision = decideLending(book, { names: ['A'], host }, nowMs + skew);
            const text = decision.kind === 'lend' ? decision.sealed[0]?.sealed.text : undefined;
            // By this clock and by the true one: never a version that neither has reached, never nothing.
            expect(starts.get(text ?? '')).toBeLessThanOrEqual(Math.max(nowMs, nowMs + skew));
          }
          const [secret] = book.secrets;
          if (secret)
            expect(versionInForce(secret, nowMs).inForceFromMs).toBe(
              Math.max(...[...starts.values()].filter((at) => at <= nowMs)),
            );
        }
      }),
    );
  });
  it('is lent by every copy while it is rotated and its keys are renewed, always in a version that was given', async () => {
    await create(fixture, 'v0');
    const given = new Set(['v0']);
    let isDone = false;
    const lending = Array.from({ length: 4 }, async () => {
      let newest = 0;
      while (!isDone) {
        const { SHOP_KEY = '' } = (await lent(fixture)) as { SHOP_KEY?: string };
        expect(given).toContain(SHOP_KEY);
        // Whoever has heard of a version hears of no older one later.
        expect(Number(SHOP_KEY.slice(1))).toBeGreaterThanOrEqual(newest);
        newest = Number(SHOP_KEY.slice(1));
      }
    });
    for (let n = 1; n <= 12; n += 1) {
      given.add(`v${n}`);
      if (n % 3 === 0) fixture.masterKeys.rotate();
      await Promise.all([rotate(fixture, `v${n}`), rewrap(n % 2 === 0)]);
      fixture.clock.advanceMs(minuteMs / 2);
    }
    isDone = true;
    await Promise.all(lending);
    expect(await lent(fixture)).toEqual({ SHOP_KEY: 'v12' });
  });
});

describe('the keys that secrets stand under', () => {
  it('go under a new master key without one of them failing, and then the old one may be thrown away', async () => {
    await create(fixture, 'value');
    fixture.masterKeys.rotate();
    expect(await lent(fixture)).toEqual({ SHOP_KEY: 'value' });
    expect(await rewrap()).toEqual({ rewrapped: 1, left: 0 });
    fixture.masterKeys.forgetOlder();
    expect(await lent(fixture)).toEqual({ SHOP_KEY: 'value' });
  });
  it('are left as they are where the master key is not at hand, and say so', async () => {
    await create(fixture, 'value');
    fixture.masterKeys.rotate();
    fixture.masterKeys.forgetOlder();
    const before = await kept();
    expect([await rewrap(), await rewrap(true)]).toEqual([
      { rewrapped: 0, left: 1 },
      { rewrapped: 0, left: 1 },
    ]);
    expect(await kept()).toEqual(before);
  });
  it('are replaced with every version of every secret, and none of the old ones is kept', async () => {
    await create(fixture, 'one');
    await create(fixture, 'two', { name: 'MAP_KEY' });
    const inForceFrom = new Date(fixture.clock.now().getTime() + hourMs).toISOString();
    await rotate(fixture, 'next', { inForceFrom });
    const before = await kept();
    expect(await rewrap(true)).toEqual({ rewrapped: 1, left: 0 });
    const after = await kept();
    expect(after?.dataKeys).toHaveLength(1);
    expect(after?.dataKeys[0]?.id).not.toBe(before?.dataKeys[0]?.id);
    const keysUsed = after?.secrets.flatMap(({ versions }) => versions.map(({ sealed }) => sealed.keyId));
    expect(new Set(keysUsed)).toEqual(new Set([after?.dataKeys[0]?.id]));
    expect(await lent(fixture, { names: ['SHOP_KEY', 'MAP_KEY'] })).toEqual({ SHOP_KEY: 'one', MAP_KEY: 'two' });
    fixture.clock.advanceMs(hourMs);
    expect(await lent(fixture)).toEqual({ SHOP_KEY: 'next' });
  });
  it('are changed by an act that stands in the log of the platform', async () => {
    await create(fixture, 'value');
    await rewrap(true);
    const acts = fixture.bus.published().filter(({ type }) => type.includes('acted'));
    expect(acts.at(-1)?.data).toMatchObject({
      action: 'secrets.rewrap',
      outcome: 'done',
      details: { newDataKeys: 'true' },
    });
  });
});

function stored(book: SecretBook, decision: BookDecision): SecretBook {
  if (decision.kind !== 'change') throw new Error(decision.kind);
  return { ...book, secrets: decision.secrets };
}
