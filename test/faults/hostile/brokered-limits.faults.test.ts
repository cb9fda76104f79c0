import { EndSessions, RevokeWidgetKey, SetKillSwitch, SetTenantStatus } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { type Shop, shopOn } from '../../stack/visitor.ts';
import { callOf, providerOf, startBrokered } from '../brokered.ts';
import { hostileStack, times, wide } from './harness.ts';

const { isOpen, stack, factsOf } = await hostileStack();
const provider = isOpen ? await providerOf(stack) : (undefined as never);

/** Calls of each limit; together more than five hundred. A slow store grants so many at once in their time. */
const calls = 25;
const rounds = 3;
const atOnce = 5;
const mostMs = 5_000;
const seconds = 8;

const by = { actor: 'test' };
const ordered =
  (order: (shop: Shop, calls: readonly Call[]) => Promise<unknown>) => async (shop: Shop, calls: readonly Call[]) => {
    const atMs = Date.now();
    await order(shop, calls);
    return () => atMs;
  };
type Limit = Readonly<{
  reason: string;
  limits?: object;
  /** Reaches the limit. Answers when each call reached it, in epoch milliseconds. */
  reach: (shop: Shop, calls: readonly Call[]) => Promise<(call: Call) => number>;
}>;
type Call = Readonly<{ id: string; sessionId: string; endsAtMs: number; spokeAtMs: number }>;
/** Somebody speaks all the time, and beats, reports and confirms nothing. */
const speech = { type: 'input_audio_buffer.speech_started', item_id: 'item_1' };
const tooMuch = { total_tokens: 60_000_000, input_tokens: 60_000_000 };
const limits: Readonly<Record<string, Limit>> = {
  'its longest time': {
    reason: 'max_duration',
    limits: { sessionSeconds: seconds },
    reach:
      async () =>
      ({ endsAtMs }) =>
        endsAtMs,
  },
  'its longest silence': {
    reason: 'idle',
    limits: { idleSeconds: seconds },
    reach:
      async () =>
      ({ spokeAtMs }) =>
        spokeAtMs + seconds * 1_000,
  },
  'the kill switch': {
    reason: 'admin',
    reach: ordered(({ tenantId }) => stack.operator.ask(SetKillSwitch, { tenantId, engaged: true, ...by })),
  },
  'the end of its key': {
    reason: 'key_revoked',
    reach: ordered(({ tenantId, widgetKey }) => stack.operator.ask(RevokeWidgetKey, { tenantId, widgetKey, ...by })),
  },
  'the suspension of its tenant': {
    reason: 'admin',
    reach: ordered(({ tenantId }) => stack.operator.ask(SetTenantStatus, { tenantId, status: 'suspended', ...by })),
  },
  'an order': {
    reason: 'admin',
    reach: ordered(({ tenantId }) => stack.operator.ask(EndSessions, { tenantId, ...by })),
  },
  'the end of its budget': {
    reason: 'quota',
    limits: { tokensPerDay: 40_000_000 },
    reach: ordered((_shop, calls) => Promise.all(calls.map(({ id }) => provider.respond(id, tooMuch)))),
  },
};

/** A call in which somebody speaks as soon as it began. A busy machine refuses in time: who asks, asks again. */
async function begin(shop: Shop, tries = 5): Promise<Call> {
  const granted = await startBrokered(shop);
  if (granted.status === 503 && tries > 1) return begin(shop, tries - 1);
  expect(granted.status).toBe(200);
  const id = callOf(granted);
  await provider.emit(id, speech);
  const { limits: shown, id: sessionId } = granted.body as unknown as { limits: { endsAt: string }; id: string };
  return { id, sessionId, endsAtMs: Date.parse(shown.endsAt), spokeAtMs: Date.now() };
}

const delays: number[] = [];
const percentile = (share: number): number =>
  delays.toSorted((a, b) => a - b)[Math.ceil(delays.length * share) - 1] ?? Number.POSITIVE_INFINITY;

/** Reaches a limit in calls of a new tenant, and notes how long each lived on at the provider. */
async function reachedBy({ reason, limits: over, reach }: Limit): Promise<void> {
  const shop = await shopOn(stack, { ...wide, ...over });
  const began: Call[] = [];
  while (began.length < calls) began.push(...(await times(atOnce, () => begin(shop))));
  const reachedAtMs = await reach(shop, began);
  const accounts = () => Promise.all(began.map(({ id }) => provider.account(id)));
  const open = async () => (await accounts()).filter(({ endedAt }) => endedAt === undefined).length;
  await expect.poll(open, { timeout: 30_000, interval: 250 }).toBe(0);
  for (const [at, { endedAt = '' }] of (await accounts()).entries())
    delays.push(Date.parse(endedAt) - reachedAtMs(began[at] as Call));
  type End = Readonly<{ sessionId: string; reason: string; confirmedBy?: string }>;
  const mine = new Set(began.map(({ sessionId }) => sessionId));
  const ends = () =>
    (factsOf('vox.session.ended.v1', shop.tenantId) as unknown as readonly End[]).filter(({ sessionId }) =>
      mine.has(sessionId),
    );
  await expect.poll(() => ends().length, { timeout: 20_000 }).toBe(calls);
  expect(new Set(ends().map((end) => end.reason))).toEqual(new Set([reason]));
  expect(ends().every(({ confirmedBy }) => confirmedBy !== undefined)).toBe(true);
}

describe.skipIf(!isOpen)('a brokered call of a client that says nothing true and closes nothing', () => {
  it.each(Object.entries(limits))(
    'is over at the provider within five seconds of %s',
    async (_name, limit) => {
      for (let round = 0; round < rounds; round += 1) await reachedBy(limit);
      expect(Math.max(...delays)).toBeLessThan(mostMs);
    },
    // A slow store takes long to grant so many calls, and that is not what is measured.
    300_000,
  );
  it('is over so soon in five hundred cases', () => {
    expect(delays.length).toBeGreaterThanOrEqual(500);
    process.stdout.write(`${delays.length} ends: p50 ${percentile(0.5)} ms, p99 ${percentile(0.99)} ms\n`);
    expect(percentile(0.99)).toBeLessThan(mostMs);
  });
});
