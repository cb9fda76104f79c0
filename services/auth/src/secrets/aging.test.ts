import { describe, expect, it } from 'vitest';
import { create, lent, minuteMs, rotate, type SecretsOnTwins, secretsOnTwins, viewOf } from './secrets.fixture.ts';

const dayMs = 86_400_000;
/** The survey runs once an hour: each day brings one. */
async function pass({ clock, keyAges }: SecretsOnTwins, days: number): Promise<void> {
  for (let n = 0; n < days; n += 1) {
    clock.advanceMs(dayMs);
    const nowMs = clock.now().getTime();
    await expect
      .poll(async () => (await keyAges.all(9)).some(({ state }) => nowMs - state.seenMs < dayMs), { interval: 2 })
      .toBe(true);
  }
}
const aging = ({ bus }: SecretsOnTwins): string[] =>
  bus.published().flatMap(({ type, data }) => {
    const { kind, keyId, cause } = data as { kind: string; keyId: string; cause: string };
    return type.includes('key-aging') ? [`${kind} ${keyId.split(':')[0]} ${cause}`] : [];
  });

describe('a secret', () => {
  it('that is 90 days old or was unused for 90 is told of once, a used one as old alone, a rotated one as new', async () => {
    const fixture = await secretsOnTwins({ copies: 2 });
    for (const name of ['USED', 'UNUSED', 'ROTATED']) await create(fixture, 'value', { name });
    await pass(fixture, 89);
    await lent(fixture, { names: ['USED'] });
    await lent(fixture, { names: ['ROTATED'] });
    await rotate(fixture, 'next', { name: 'ROTATED' });
    fixture.clock.advanceMs(minuteMs);
    for (const name of ['USED', 'ROTATED'])
      await expect.poll(async () => (await viewOf(fixture, name))?.lastUsedAt).toEqual(expect.any(String));
    expect(aging(fixture)).toEqual([]);
    await pass(fixture, 3);
    await expect
      .poll(() => aging(fixture).sort())
      .toEqual(['secret UNUSED old', 'secret UNUSED unused', 'secret USED old']);
  });
});
