import { randomUUID } from 'node:crypto';
import { SessionAdmitted } from '@vox/contracts';
import { crashes, settled, turns } from '@vox/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { address, manyPeople, openBrokers } from './broker.fixture.ts';
import { noSlots } from './slots/decide/slots.ts';

describe('the session broker', () => {
  it('keeps caps, decides once and ends once, whatever repeats, is reordered or crashes at any step (I2, I3)', async () => {
    const step = fc.record({
      what: fc.constantFrom('admit', 'admit', 'admit', 'beat', 'end', 'sweep', 'wait'),
      who: fc.nat({ max: 9 }),
    });
    const scenario = fc.tuple(
      fc.array(step, { minLength: 5, maxLength: 40 }),
      fc.array(fc.nat({ max: 350 }), { maxLength: 40 }),
      fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 40 }),
      fc.boolean(),
    );
    await fc.assert(
      fc.asyncProperty(scenario, async ([steps, crashing, lengths, many]) => {
        const crash = crashes(crashing);
        const own = await openBrokers({
          copies: 2,
          crash: crash.step,
          turn: turns(lengths),
          limits: { openSessions: 3, openSessionsPerPerson: 1, openSessionsPerAddress: 2, sessionStartsPerMinute: 6 },
        });
        const ids = Array.from({ length: 10 }, () => randomUUID());
        const ignored = () => undefined;
        if (many) await own.slots.update('acme', () => ({ result: undefined, state: manyPeople })).catch(ignored);
        for (const { what, who } of steps) {
          const sessionId = ids[who] ?? '';
          if (what === 'admit') await own.bus.publish(SessionAdmitted, own.admit(sessionId, who % 5, address(who % 2)));
          if (what === 'beat') await own.beat(sessionId).catch(ignored);
          if (what === 'end') await own.end(sessionId).catch(ignored);
          if (what === 'sweep') await own.sweepAll().catch(ignored);
          if (what === 'wait') own.clock.advanceMs(20_000);
          const { open } = (await own.slots.read('acme').catch(ignored)) ?? noSlots;
          expect(open.widget ?? 0).toBeLessThanOrEqual(3);
          const from = Map.groupBy(await own.live(), (session) => session.address);
          for (const calls of from.values()) expect(calls.length).toBeLessThanOrEqual(2);
          const living = (await own.live()).map(({ identity }) =>
            identity.kind === 'widget' ? identity.visitorId : '',
          );
          expect(living.length).toBeLessThanOrEqual(3);
          expect(new Set(living).size).toBe(living.length);
        }
        await settled(own.bus);
        crash.over();
        own.clock.advanceMs(15_000);
        await own.sweepAll();
        await settled(own.bus);
        own.clock.advanceMs(14_000);
        await own.sweepAll();
        // At rest there are exactly as many slots as live sessions, and nothing is pending.
        const { open, people, addresses, pending } = (await own.slots.read('acme')) ?? noSlots;
        expect(pending).toEqual({});
        if (addresses) expect(Object.values(addresses).reduce((sum, count) => sum + count, 0)).toBe(open.widget ?? 0);
        if (people) expect(Object.values(people).reduce((sum, count) => sum + count, 0)).toBe(open.widget ?? 0);
        expect(open.widget ?? 0).toBe((await own.live()).length);
        own.clock.advanceMs(3_600_000);
        await own.sweepAll();
        await settled(own.bus);
        own.clock.advanceMs(601_000);
        await own.sweepAll();
        const subjects = (name: string) => own.factsOf(name).map(({ subject }) => subject);
        const granted = subjects('session.granted');
        const asked = new Set(steps.filter(({ what }) => what === 'admit').map(({ who }) => `acme/${ids[who]}`));
        expect(new Set([...granted, ...subjects('session.denied')])).toEqual(asked);
        expect(granted.length + subjects('session.denied').length).toBe(asked.size);
        expect(subjects('session.ended').sort()).toEqual([...granted].sort());
        expect(await own.counts()).toEqual({ open: {}, starts: {}, recent: {}, pending: {} });
        await own.close();
      }),
      { numRuns: 40 },
    );
  });
});
