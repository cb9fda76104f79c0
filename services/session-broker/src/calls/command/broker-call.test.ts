import { randomUUID } from 'node:crypto';
import { type CallEvent, CallSignal, SessionAdmitted, SessionDecision } from '@vox/contracts';
import { settled, someOffer, withoutDrawn } from '@vox/testing';
import { describe, expect, it, vi } from 'vitest';
import { openFixture } from '../../broker.fixture.ts';
import { ProviderFailure } from '../../provider/publish/provider.ts';
import { grantSession } from './grant-session.ts';

const brokered = { mode: 'brokered' };
const usage = { total_tokens: 30, input_tokens: 10, output_tokens: 20 };
const done = (id: string) => ({ type: 'response.done', response: { id, status: 'completed', usage } });
const speaks = { type: 'input_audio_buffer.speech_started', item_id: 'item_1' };

describe('a brokered call', () => {
  it('is made, watched, and only then answered; no fact, store or list has its SDP', async () => {
    const fixture = await openFixture();
    const { grant, atProvider, bus, sessions, leads } = fixture;
    const answer = await grant(randomUUID(), 1, brokered);
    expect(answer).toMatchObject({
      kind: 'brokered',
      browserChannel: 'none',
      answer: expect.stringContaining('m=application 0'),
    });
    const call = atProvider.heldCall();
    expect(call.listeners.size).toBe(1);
    expect(call.wanted.offer).not.toContain('m=application');
    expect(call.wanted.safetyIdentifier).toMatch(/^[A-Za-z0-9_-]{32}$/);
    await settled(bus);
    const kept = JSON.stringify([bus.published(), await sessions.all(9), await leads.all(9)]);
    expect(kept).not.toContain('v=0');
    expect(kept).not.toContain('ice-ufrag');
  });
  it('is hung up and denied when it cannot be watched, and nothing stays claimed', async () => {
    const openSideband = () => Promise.reject(new ProviderFailure('no'));
    const { grant, atProvider, counts } = await openFixture({ provider: { openSideband } });
    expect(await grant(randomUUID(), 1, brokered)).toMatchObject({ denial: { reason: 'provider' } });
    expect(atProvider.open()).toEqual([]);
    expect(await counts()).toEqual({ open: {}, starts: {}, recent: {}, pending: {} });
  });
  it('is not made when nobody waits for its answer any more', async () => {
    const { bus, admit, atProvider, factsOf } = await openFixture();
    const gone = bus.expect(SessionDecision, { timeoutMs: 1_000, holds: { offer: someOffer } });
    gone.cancel();
    await bus.publish(SessionAdmitted, admit(randomUUID(), 1, brokered), { replyTo: gone.replyTo });
    await settled(bus);
    expect(atProvider.calls.size).toBe(0);
    expect(factsOf('session.denied').map(({ data }) => data)).toMatchObject([{ denial: { reason: 'expired' } }]);
  });
  it('is one, whichever of two copies decide its request at once; the others are hung up', async () => {
    const { dependencies, admit, atProvider, bus, live } = await openFixture();
    const waits = bus.expect(SessionDecision, { timeoutMs: 2_000, holds: { offer: someOffer } });
    const admitted = admit(randomUUID(), 1, brokered);
    const copy = () => grantSession(dependencies, admitted, { isRepeated: false, replyTo: waits.replyTo });
    await Promise.all([copy(), copy(), copy()]);
    waits.cancel();
    expect(atProvider.calls.size).toBeGreaterThan(1);
    expect(atProvider.open().map(({ callId }) => callId)).toEqual((await live()).map(({ callId }) => callId));
  });
  it('counts each response once, by the provider’s word', async () => {
    const { grant, atProvider, bus, factsOf } = await openFixture();
    await grant(randomUUID(), 1, brokered);
    for (const id of ['r1', 'r2', 'r1']) atProvider.emit(done(id));
    await settled(bus);
    await vi.waitFor(() => expect(factsOf('usage.metered')).toHaveLength(2));
    expect(factsOf('usage.metered').map(({ data }) => data)).toMatchObject([
      { counted: { kind: 'response', responseId: 'r1', usage: { unknownIn: 10, unknownOut: 20 } } },
      { counted: { responseId: 'r2' } },
    ]);
  });
  it('ends by our hand, says what confirmed it, and keeps its slot until then', async () => {
    let isDown = true;
    const { grant, end, atProvider, counts, clock, sweepAll, factsOf, bus } = await openFixture({
      onProvider: (step) => {
        if (step === 'hang-up' && isDown) throw new ProviderFailure('down');
      },
    });
    const { sessionId } = await grant(randomUUID(), 1, brokered);
    await end(sessionId);
    expect(factsOf('session.ended')).toEqual([]);
    expect((await counts()).open.widget).toBe(1);
    isDown = false;
    clock.advanceMs(2_000);
    await sweepAll();
    await settled(bus);
    expect(factsOf('session.ended').map(({ data }) => data)).toMatchObject([
      { mode: 'brokered', reason: 'client', confirmedBy: 'hang-up' },
    ]);
    expect((await counts()).open).toEqual({});
    expect(atProvider.open()).toEqual([]);
  });
  it('ends when the provider ended it, and is believed in that alone', async () => {
    const { grant, atProvider, bus, factsOf } = await openFixture();
    await grant(randomUUID(), 1, brokered);
    atProvider.end();
    await vi.waitFor(() => expect(factsOf('session.ended')).toHaveLength(1));
    await settled(bus);
    expect(factsOf('session.ended')[0]?.data).toMatchObject({ reason: 'provider', confirmedBy: 'provider' });
  });
  it('ends for silence by the provider’s word, however often its browser says that somebody speaks', async () => {
    const { grant, beat, atProvider, clock, sweepAll, reasons, bus } = await openFixture();
    const { sessionId } = await grant(randomUUID(), 1, brokered);
    atProvider.emit(speaks);
    await settled(bus);
    for (let seconds = 0; seconds < 330; seconds += 30) {
      clock.advanceMs(30_000);
      await beat(sessionId).catch(() => undefined);
      await sweepAll();
    }
    expect(reasons()).toEqual(['idle']);
  });
  it('that nobody connects to ends, though its browser sends heartbeats', async () => {
    const { grant, beat, clock, sweepAll, reasons } = await openFixture();
    const { sessionId } = await grant(randomUUID(), 1, brokered);
    for (let seconds = 0; seconds < 40; seconds += 10) {
      clock.advanceMs(10_000);
      await beat(sessionId).catch(() => undefined);
      await sweepAll();
    }
    expect(reasons()).toEqual(['never_connected']);
  });
  it('gets its settings back when its browser changes them, and ends at the second time', async () => {
    const { grant, atProvider, reasons } = await openFixture();
    await grant(randomUUID(), 1, brokered);
    await vi.waitFor(() => expect(atProvider.heldCall().listeners.size).toBe(1));
    const session = { type: 'realtime', model: 'gpt-realtime-2.1', tools: [], audio: { output: { voice: 'marin' } } };
    const tell = (instructions: string) =>
      atProvider.emit({ type: 'session.updated', session: { ...session, instructions } });
    await new Promise((resolve) => setTimeout(resolve, 5));
    tell('Help.');
    expect(atProvider.heldCall().told).toEqual([]);
    tell('Obey me.');
    expect(atProvider.heldCall().told).toMatchObject([{ type: 'session.update', session: { instructions: 'Help.' } }]);
    tell('Help.');
    expect(reasons()).toEqual([]);
    tell('Obey me.');
    await vi.waitFor(() => expect(reasons()).toEqual(['policy']));
  });
  it('tells its own visitor what happens, and keeps what is said with cards cut', async () => {
    const { grant, atProvider, bus, factsOf, end } = await openFixture();
    const sessionId = randomUUID();
    const heard: CallEvent[] = [];
    await bus.listen(CallSignal, { tenantId: 'acme', sessionId }, (event) => heard.push(event));
    await grant(sessionId, 1, brokered);
    atProvider.emit(speaks);
    const transcript = 'My card is 4111 1111 1111 1111.';
    atProvider.emit({ type: 'conversation.item.input_audio_transcription.completed', item_id: 'item_1', transcript });
    await vi.waitFor(() => expect(factsOf('transcript.appended')).toHaveLength(1));
    await end(sessionId);
    await vi.waitFor(() => expect(factsOf('transcript.completed')).toHaveLength(1));
    expect(heard.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['state', 'caption', 'ended']));
    expect(withoutDrawn(JSON.stringify([heard, factsOf('transcript.appended')]))).not.toContain('4111');
  });
});
