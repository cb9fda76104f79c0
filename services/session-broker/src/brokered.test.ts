import { randomUUID } from 'node:crypto';
import { SessionAdmitted, SessionDecision } from '@vox/contracts';
import { crashes, settled, someOffer, turns } from '@vox/testing';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { openBrokers } from './broker.fixture.ts';
import { callIn } from './provider/provider.fixture.ts';

const ignored = () => undefined;
const patience = { timeout: 10_000 };
const usage = { total_tokens: 30, input_tokens: 10, output_tokens: 20 };

describe('brokered calls', () => {
  it('leave no call at the provider that nobody watches, and count each response once, whatever repeats or crashes at any step (I11)', async () => {
    const step = fc.record({
      what: fc.constantFrom(
        'admit',
        'admit',
        'admit',
        'respond',
        'respond',
        'end',
        'provider-ends',
        'cut',
        'sweep',
        'wait',
      ),
      who: fc.nat({ max: 4 }),
    });
    const scenario = fc.tuple(
      fc.array(step, { minLength: 5, maxLength: 30 }),
      fc.array(fc.nat({ max: 400 }), { maxLength: 30 }),
      fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 40 }),
    );
    await fc.assert(
      fc.asyncProperty(scenario, async ([steps, crashing, lengths]) => {
        const crash = crashes(crashing);
        const own = await openBrokers({
          copies: 2,
          crash: crash.step,
          onProvider: crash.step,
          turn: turns(lengths),
          limits: { openSessions: 3, openSessionsPerPerson: 5, sessionStartsPerMinute: 100 },
        });
        const ids = Array.from({ length: 5 }, () => randomUUID());
        const waiting: { cancel: () => void }[] = [];
        const billed = new Set<string>();
        /** Only a call whose answer has left us can be begun. Any other ends by itself, should a crash hide it. */
        const answered = new Set<string>();
        const begun = () => own.atProvider.open().filter(({ callId }) => answered.has(callId));
        for (const { what, who } of steps) {
          const sessionId = ids[who] ?? '';
          const open = own.atProvider.open();
          const call = open[who % Math.max(1, open.length)];
          if (what === 'admit') {
            const waits = own.bus.expect(SessionDecision, { timeoutMs: 60_000, holds: { offer: someOffer } });
            waiting.push(waits);
            void waits.answer.then((answer) => {
              if (answer.kind === 'brokered') answered.add(callIn(answer.answer) ?? '');
            }, ignored);
            const admitted = own.admit(sessionId, who, { mode: 'brokered' });
            await own.bus.publish(SessionAdmitted, admitted, { replyTo: waits.replyTo });
          }
          if (what === 'respond' && call !== undefined && call.listeners.size > 0) {
            const id = `resp_${randomUUID()}`;
            own.atProvider.emit({ type: 'response.done', response: { id, usage } }, call.callId);
            billed.add(id);
          }
          if (what === 'provider-ends' && call !== undefined) own.atProvider.end(call.callId);
          if (what === 'cut' && call !== undefined) own.atProvider.cut(call.callId);
          if (what === 'end') await own.end(sessionId).catch(ignored);
          if (what === 'sweep') await own.sweepAll().catch(ignored);
          if (what === 'wait') own.clock.advanceMs(4_000);
          expect((await own.live()).length).toBeLessThanOrEqual(3);
        }
        await settled(own.bus);
        crash.over();
        // Whatever a crash left is looked at, and every call that goes on is its own session's and is watched.
        for (let round = 0; round < 3; round += 1) {
          own.clock.advanceMs(16_000);
          await own.sweepAll();
          await settled(own.bus);
        }
        await vi.waitFor(async () => {
          const living = (await own.live()).map(({ callId }) => callId).toSorted();
          for (const { callId, listeners } of begun()) {
            expect(living).toContain(callId);
            expect(listeners.size).toBeGreaterThan(0);
          }
        }, patience);
        own.clock.advanceMs(3_600_000);
        await own.sweepAll();
        await settled(own.bus);
        expect(begun()).toEqual([]);
        const subjects = (name: string) => own.factsOf(name).map(({ subject }) => subject);
        const granted = subjects('session.granted');
        const asked = new Set(steps.filter(({ what }) => what === 'admit').map(({ who }) => `acme/${ids[who]}`));
        expect(new Set([...granted, ...subjects('session.denied')])).toEqual(asked);
        expect(granted.length + subjects('session.denied').length).toBe(asked.size);
        expect(subjects('session.ended').toSorted()).toEqual(granted.toSorted());
        await vi.waitFor(() => {
          const counted = own
            .factsOf('usage.metered')
            .flatMap(({ data }) => (data as { counted?: { responseId?: string } }).counted?.responseId ?? []);
          expect(counted.toSorted()).toEqual([...billed].toSorted());
        }, patience);
        expect((await own.counts()).open).toEqual({});
        expect(await own.leads.all(9)).toEqual([]);
        for (const { cancel } of waiting) cancel();
        await own.close();
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
