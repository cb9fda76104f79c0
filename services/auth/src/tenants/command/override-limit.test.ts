import { OverrideLimit, PutTenant } from '@vox/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuthOnTwins, authOnTwins, draft } from '../../auth.fixture.ts';

let fixture: AuthOnTwins;
beforeEach(async () => {
  fixture = await authOnTwins();
  await fixture.putTenant();
});
afterEach(() => fixture.close());

const until = '2026-05-05T18:30:00.000Z';
const wish = { tenantId: 'acme', kind: 'widget', limit: 'microsPerDay', value: 5_000_000, until } as const;
const override = (over: object = {}) =>
  fixture.bus.ask(OverrideLimit, { ...wish, ...over, actor: 'operator:test', reason: 'a fair' });
const facts = () => fixture.bus.published().filter(({ type }) => type === 'vox.quota.limit-overridden.v1');

describe('an override of a limit', () => {
  it('stands in the policy with its moment, once, and its fact says who asked for it and why', async () => {
    const kept = { kind: 'widget', limit: 'microsPerDay', value: 5_000_000, until };
    for (let n = 0; n < 2; n += 1) expect(await override()).toEqual({ version: 2, overrides: [kept] });
    expect((await fixture.policy())?.overrides).toEqual([kept]);
    const { kind, ...limit } = kept;
    const told = { tenantId: 'acme', identityKind: kind, ...limit, policyVersion: 2 };
    expect(facts().map(({ data }) => data)).toEqual([{ ...told, actor: 'operator:test', reason: 'a fair' }]);
  });

  it('takes the place of the one before, leaves other limits and kinds, and outlasts a new policy', async () => {
    await override();
    await override({ limit: 'tokensPerMonth', value: 7 });
    await override({ kind: 'console', value: 8 });
    await override({ value: 9 });
    await fixture.bus.ask(PutTenant, { draft: { ...draft, displayName: 'Other' }, actor: 'test' });
    expect((await fixture.policy())?.overrides.map(({ kind, limit, value }) => [kind, limit, value])).toEqual([
      ['widget', 'tokensPerMonth', 7],
      ['console', 'microsPerDay', 8],
      ['widget', 'microsPerDay', 9],
    ]);
  });

  it('ends before its time where that is asked for, and one that has ended is forgotten by the next', async () => {
    await override();
    expect(await override({ value: null, until: undefined })).toMatchObject({ version: 3, overrides: [] });
    expect(await override({ value: null, until: undefined })).toMatchObject({ version: 3, overrides: [] });
    expect(facts().at(-1)?.data).toMatchObject({ value: null, until: null });
    await override();
    fixture.clock.advanceMs(86_400_000);
    const { overrides } = await override({ limit: 'tokensPerDay', value: 7, until: '2026-05-07T00:00:00.000Z' });
    expect(overrides.map(({ limit }) => limit)).toEqual(['tokensPerDay']);
  });

  it('survives a crash between the change and its fact', async () => {
    fixture.crash(true);
    await override().catch(() => undefined);
    fixture.crash(false);
    await expect.poll(() => facts().length).toBe(1);
    await expect.poll(async () => (await fixture.policy())?.overrides.length).toBe(1);
  });

  it.each([
    ['above the platform’s ceiling', { value: 1_000_000_000_001 }, 'value'],
    ['until a moment that has passed', { until: '2026-05-05T12:00:00.000Z' }, 'until'],
    ['for more than 31 days', { until: '2026-06-05T12:00:01.000Z' }, 'until'],
    ['without a moment', { until: undefined }, 'until'],
  ])('is refused %s', async (_how, over, path) => {
    await expect(override(over)).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      answer: { issues: [{ path }] },
    });
    expect((await fixture.policy())?.overrides).toEqual([]);
  });

  it('of an unknown tenant is not found', async () => {
    await expect(override({ tenantId: 'other' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
