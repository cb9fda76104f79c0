import { randomUUID } from 'node:crypto';
import { type ProviderProfile, standardProfiles } from '@vox/contracts';
import { settled } from '@vox/testing';
import { describe, expect, it, vi } from 'vitest';
import { openFixture } from './broker.fixture.ts';
import { type AtProvider, fakeProvider } from './provider/provider.fixture.ts';

const ofLive = { mode: 'brokered', model: 'gpt-live-1' };
const total = (seconds: number) => ({ type: 'session.usage.updated', usage: { seconds } });
const words = (who: 'input' | 'output', delta: string, start_ms: number) => ({
  ...{ type: `session.${who}_transcript.delta`, event_id: `${who}${start_ms}` },
  ...{ delta, start_ms, end_ms: start_ms + 300 },
});

/** A broker with a provider of the Live API beside the standard one. */
async function openLive() {
  let atLive: AtProvider | undefined;
  const fixture = await openFixture({
    others(clock) {
      atLive = fakeProvider(clock, undefined, standardProfiles[1] as ProviderProfile);
      return [atLive.provider];
    },
  });
  const totals = () =>
    fixture.factsOf('usage.metered').flatMap(({ data }) => {
      const { counted } = data as { counted?: { kind: string; seconds?: number } };
      return counted?.kind === 'seconds' ? [counted.seconds] : [];
    });
  return { ...fixture, atLive: atLive as AtProvider, totals };
}

describe('a brokered call of a Live model', () => {
  it('is made at the provider of its model, and its end is confirmed there', async () => {
    const { grant, end, atLive, atProvider, factsOf, bus } = await openLive();
    const { sessionId } = await grant(randomUUID(), 1, ofLive);
    expect([atProvider.calls.size, atLive.open().length]).toEqual([0, 1]);
    expect(factsOf('session.granted')).toMatchObject([{ data: { provider: 'openai-live', mode: 'brokered' } }]);
    await end(sessionId);
    await settled(bus);
    expect([atProvider.hungUp, atLive.open().length]).toEqual([[], 0]);
    expect(factsOf('session.ended')).toMatchObject([{ data: { confirmedBy: 'hang-up' } }]);
  });
  it('counts from its creation, by totals of which some are left out, and the last one is not', async () => {
    const { grant, end, atLive, totals, clock, bus } = await openLive();
    const { sessionId } = await grant(randomUUID(), 1, ofLive);
    await vi.waitFor(() => expect(totals()).toEqual([0]));
    for (const seconds of [1, 2, 3, 4, 5]) {
      clock.advanceMs(1_000);
      atLive.emit(total(seconds));
    }
    await settled(bus);
    expect(totals()).toEqual([0, 2, 4]);
    await end(sessionId);
    await vi.waitFor(() => expect(totals()).toEqual([0, 2, 4, 5]));
  });
  it('lives as soon as sound is counted, though nobody says a word', async () => {
    const { grant, end, atLive, live, bus } = await openLive();
    const { sessionId } = await grant(randomUUID(), 1, ofLive);
    atLive.emit(total(1));
    await settled(bus);
    await vi.waitFor(async () => expect((await live())[0]?.connectedAtMs).toBeDefined());
    await end(sessionId);
  });
  it('keeps the words of both sides', async () => {
    const { grant, end, atLive, factsOf } = await openLive();
    const { sessionId } = await grant(randomUUID(), 1, ofLive);
    for (const event of [words('input', 'Are you open?', 0), words('output', 'Yes.', 500)]) atLive.emit(event);
    await end(sessionId);
    await vi.waitFor(() => expect(factsOf('transcript.appended')).toHaveLength(2));
    expect(factsOf('transcript.appended').map(({ data }) => data)).toMatchObject([
      { role: 'user', text: 'Are you open?' },
      { role: 'assistant', text: 'Yes.' },
    ]);
  });
  it('ends at once when its settings change, which no browser may do and nobody can put back', async () => {
    const { grant, atLive, reasons, live } = await openLive();
    await grant(randomUUID(), 1, ofLive);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await live()).length).toBe(1);
    atLive.emit({ type: 'session.updated', session: { model: 'gpt-live-1', triggers: [{ type: 'any' }] } });
    await vi.waitFor(() => expect(reasons()).toEqual(['policy']));
    expect(atLive.heldCall().told).toEqual([]);
  });
  it('is refused without an offer, and one that quota holds by the token is refused too', async () => {
    const { grant, atLive } = await openLive();
    const answers = [
      await grant(randomUUID(), 1, { ...ofLive, mode: 'direct' }),
      await grant(randomUUID(), 2, { ...ofLive, reservedTokens: 9 }),
    ];
    expect(answers).toMatchObject([
      { kind: 'denied', denial: { reason: 'mode-not-allowed' } },
      { kind: 'denied', denial: { reason: 'model-without-price' } },
    ]);
    expect(atLive.calls.size).toBe(0);
  });
});
