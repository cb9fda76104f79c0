import { randomUUID } from 'node:crypto';
import { SessionDecision, WithdrawalDocument } from '@vox/contracts';
import { withdrawalKey } from '@vox/platform/crypto';
import { settled, someOffer, somePolicy } from '@vox/testing';
import { describe, expect, it, vi } from 'vitest';
import { openFixture, visitor } from '../../broker.fixture.ts';
import { grantSession } from '../../calls/command/grant-session.ts';
import { startBroker } from '../../service.ts';

const at = '2026-05-05T12:00:02.000Z';

/** A call of the first visitor that a copy in the hand of the test watches, which then says no more that it lives. */
async function callOfDeadCopy(endsCall: boolean) {
  const policy = { consent: { ...somePolicy().consent, endsCall } };
  const fixture = await openFixture({ policy });
  const { bus, dependencies, admit } = fixture;
  const waits = bus.expect(SessionDecision, { timeoutMs: 2_000, holds: { offer: someOffer } });
  const sessionId = randomUUID();
  await grantSession(dependencies, admit(sessionId, 1, { mode: 'brokered' }), {
    ...{ isRepeated: false, replyTo: waits.replyTo },
  });
  waits.cancel();
  return { ...fixture, sessionId };
}

describe('a call whose copy died before its visitor took the consent back', () => {
  it.each([
    ['ends as soon as another copy takes it over, where its tenant says so', true, at, ['privacy']],
    ['goes on where its tenant does not say so', false, at, []],
    ['goes on when that was taken back before the call began', true, '2026-05-05T11:59:59.000Z', []],
  ])('%s', async (_what, endsCall, takenBackAt, reasons) => {
    const fixture = await callOfDeadCopy(endsCall);
    const { bus, clock, sweepAll, atProvider, live } = fixture;
    clock.advanceMs(2_000);
    await bus
      .documents(WithdrawalDocument)
      .put(withdrawalKey('acme', visitor(1).visitorId), { purposes: ['transcripts'], at: takenBackAt, until: at });
    await settled(bus);
    expect(fixture.reasons()).toEqual([]);
    clock.advanceMs(2_000);
    await sweepAll();
    await settled(bus);
    expect(fixture.reasons()).toEqual(reasons);
    expect([atProvider.open().length, (await live()).length]).toEqual(endsCall && takenBackAt === at ? [0, 0] : [1, 1]);
    await fixture.end(fixture.sessionId);
  });
});

describe('a copy of the broker', () => {
  it('starts also when visitors have taken something back', async () => {
    const { bus, dependencies, slots, leads, atProvider } = await openFixture();
    const key = withdrawalKey('acme', visitor(1).visitorId);
    await bus.documents(WithdrawalDocument).put(key, { purposes: ['transcripts'], at, until: at });
    const broker = await startBroker({ ...dependencies, slots, leads, providers: [atProvider.provider] });
    await broker.stop();
  });
  it('stops hearing a call that another copy has ended, and says that all is said', async () => {
    const { grant, end, factsOf, bus } = await openFixture({ copies: 2, limits: { openSessions: 99 } });
    const ids = Array.from({ length: 12 }, () => randomUUID());
    for (const [n, id] of ids.entries()) await grant(id, n, { mode: 'brokered' });
    // Copies answer in turn: one question more, and another one ends each call than the one that made it.
    for (const [n, id] of ids.entries()) {
      if (n % 4 === 0) await end(randomUUID());
      await end(id);
    }
    await settled(bus);
    await vi.waitFor(() => expect(factsOf('transcript.completed')).toHaveLength(ids.length), { timeout: 5_000 });
  });
});
