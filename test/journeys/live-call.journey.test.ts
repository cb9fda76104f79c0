import { demoDraft } from '@vox/local/demo-tenant';
import { stoppedClock } from '@vox/platform/time';
import { settled, someOffer } from '@vox/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Journey, openJourney, origin } from './journey.ts';

const clock = stoppedClock('2026-11-30T12:00:00.000Z');
const agents = demoDraft.agents.map((agent) => ({ ...agent, models: ['gpt-live-1'] }));
let journey: Journey;

beforeEach(async () => {
  const limits = { sessionSeconds: 60 };
  journey = await openJourney({ clock, limits, draft: { ...demoDraft, calls: 'both', agents } });
  await say('PUT', '/settings', { media: 'none', usageMs: 0, connectMs: 3_600_000 });
  await say('PUT', '/conversation', { turnMs: 0 });
});
afterEach(() => journey.close());

const say = (method: string, path: string, body: object) =>
  fetch(`${journey.fixture.providerUrl}/simulator${path}`, {
    ...{ method, headers: { 'content-type': 'application/json' } },
    body: JSON.stringify(body),
  });
async function start(body: object) {
  const answer = await fetch(`${journey.url}/api/session`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json', origin } },
    body: JSON.stringify({ widgetKey: journey.widgetKey, ...body }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
}
const factsOf = (name: string) =>
  journey.bus
    .published()
    .filter(({ type }) => type.startsWith(`vox.${name}.v`))
    .map(({ data }) => data as Record<string, unknown>);
const total = (seconds: number) => ({ type: 'session.usage.updated', usage: { seconds } });

describe('a brokered call of a Live model, through every service,', () => {
  it('is granted, counted by the second, ended at its longest time, and settled as the provider bills it', async () => {
    const { status, body } = await start({ offer: someOffer });
    expect(status).toBe(200);
    const callId = /live_\w+/.exec(String(body.answer))?.[0] ?? '';
    // It is charged from its creation: the least that a session costs.
    await vi.waitFor(() => expect(factsOf('usage.metered')).toMatchObject([{ counted: { seconds: 0 } }]));
    await say('POST', `/calls/${callId}/events`, { events: [total(1)] });
    for (const seconds of [20.5, 40.25]) {
      clock.advanceMs(20_000);
      await say('POST', `/calls/${callId}/events`, { events: [total(seconds)] });
      await settled(journey.bus);
    }
    expect(factsOf('session.ended')).toEqual([]);
    clock.advanceMs(21_000);
    await vi.waitFor(() => expect(factsOf('quota.settled')).toHaveLength(1), { timeout: 8_000 });
    expect(factsOf('session.ended')).toMatchObject([
      { mode: 'brokered', reason: 'max_duration', confirmedBy: 'hang-up' },
    ]);
    const book = await (await fetch(`${journey.fixture.providerUrl}/simulator/books/${callId}`)).json();
    expect(book).toMatchObject({ kind: 'live', endedBy: 'hangup', seconds: 40.25 });
    // 0.05 dollars a minute, rounded up once.
    expect(factsOf('quota.settled')).toMatchObject([{ settled: { tokens: 0, micros: 33_542, seconds: 41 } }]);
  });
  it('is asked for with an offer, also where the tenant allows both kinds of calls', async () => {
    expect(await start({})).toMatchObject({ status: 403, body: { code: 'BROKERED_ONLY' } });
  });
});
