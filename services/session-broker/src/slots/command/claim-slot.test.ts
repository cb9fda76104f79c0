import { randomUUID } from 'node:crypto';
import { settled } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { address, manyPeople, openFixture } from '../../broker.fixture.ts';
import { onSessionAdmitted } from '../../calls/accept/on-session-admitted.ts';
import { slotHolders } from '../../calls/keep/slot-holders.ts';
import { noSlots } from '../decide/slots.ts';

const often = { sessionStartsPerMinute: 100 };

describe('claiming a slot', () => {
  it('denies past each cap and each minute, and a denied request consumes nothing', async () => {
    const { grant, end } = await openFixture({ limits: { openSessions: 3, sessionStartsPerMinute: 4 } });
    await grant(randomUUID(), 1);
    await grant(randomUUID(), 1);
    expect(await grant(randomUUID(), 1)).toMatchObject({ denial: { reason: 'too-many-open', scope: 'visitor' } });
    const third = randomUUID();
    await grant(third, 2);
    expect(await grant(randomUUID(), 3)).toMatchObject({ denial: { reason: 'too-many-open', scope: 'tenant' } });
    await end(third);
    const fourth = randomUUID();
    expect(await grant(fourth, 4)).toMatchObject({ kind: 'granted' });
    await end(fourth);
    expect(await grant(randomUUID(), 5)).toMatchObject({
      denial: { reason: 'rate-of-starts', scope: 'session-starts', retryAfterSeconds: 60 },
    });
  });
  it.each([
    ['few', noSlots],
    ['many', manyPeople],
  ])(
    'lets one address hold half of the slots by whatever visitors and leaves the rest to others, where callers are %s',
    async (_how, state) => {
      const limits = { openSessions: 4, openSessionsPerAddress: 2, ...often };
      const { grant, end, slots } = await openFixture({ limits });
      await slots.update('acme', () => ({ result: undefined, state }));
      const squatted = await grant(randomUUID(), 1, address(1));
      expect(await grant(randomUUID(), 2, address(1))).toMatchObject({ kind: 'granted' });
      for (const n of [3, 4])
        expect(await grant(randomUUID(), n, address(1))).toMatchObject({
          denial: { reason: 'too-many-open', scope: 'address' },
        });
      expect(await grant(randomUUID(), 5, address(2))).toMatchObject({ kind: 'granted' });
      expect(await grant(randomUUID(), 6)).toMatchObject({ kind: 'granted' });
      await end(squatted.sessionId);
      expect(await grant(randomUUID(), 7, address(1))).toMatchObject({ kind: 'granted' });
    },
  );
  it('lets a visitor and an address begin so many calls in ten minutes, and a denied one consumes nothing', async () => {
    const limits = { startsPerPerson: 2, startsPerAddress: 3, ...often };
    const { grant, end, clock } = await openFixture({ limits });
    const callOf = async (n: number, from: number) => {
      const answer = await grant(randomUUID(), n, address(from));
      if (answer.kind === 'granted') await end(answer.sessionId);
      return answer.kind === 'denied' ? answer.denial : answer.kind;
    };
    expect([await callOf(1, 1), await callOf(1, 1)]).toEqual(['granted', 'granted']);
    clock.advanceMs(100_000);
    const visitorWaits = { reason: 'rate-of-starts', scope: 'visitor', retryAfterSeconds: 500 };
    expect(await callOf(1, 9)).toEqual(visitorWaits);
    expect(await callOf(2, 1)).toBe('granted');
    expect(await callOf(3, 1)).toMatchObject({ reason: 'rate-of-starts', scope: 'address' });
    expect(await callOf(3, 2)).toBe('granted');
    clock.advanceMs(500_000);
    expect([await callOf(1, 1), await callOf(3, 1)]).toEqual(['granted', 'granted']);
  });
  it('grants exactly ten of a hundred parallel admissions under a cap of ten, over two copies', async () => {
    const { grant } = await openFixture({ copies: 2, limits: { sessionStartsPerMinute: 1_000 } });
    const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => grant(randomUUID(), n)));
    expect(answers.filter(({ kind }) => kind === 'granted')).toHaveLength(10);
  });
  it('counts a session once when its copy sleeps between reading and writing while others grant and end', async () => {
    const limits = { openSessions: 2, openSessionsPerPerson: 1, sessionStartsPerMinute: 1_000 };
    const { slots, sessions, dependencies, admit, grant, end, bus, factsOf } = await openFixture({ limits });
    await slots.update('acme', () => ({ result: undefined, state: manyPeople }));
    const [id, other] = [randomUUID(), randomUUID()];
    await grant(other, 9);
    const asleep = Promise.withResolvers<void>();
    let asked = 0;
    const tagged: typeof sessions.tagged = async (...which) => {
      const found = await sessions.tagged(...which);
      asked += 1;
      await asleep.promise;
      return found;
    };
    const sleeper = { ...dependencies, holders: slotHolders({ ...sessions, tagged }) };
    const sleeping = onSessionAdmitted(sleeper)(admit(id, 1), { deliveries: 1 });
    await expect.poll(() => asked).toBe(1);
    // Meanwhile the same person is granted another session, and after a third one the slots have forgotten the first.
    expect(await grant(randomUUID(), 1)).toMatchObject({ kind: 'granted' });
    await end(other);
    await end(other);
    expect(await grant(randomUUID(), 2)).toMatchObject({ kind: 'granted' });
    asleep.resolve();
    await sleeping;
    await settled(bus);
    expect(factsOf('session.denied')).toMatchObject([{ data: { sessionId: id, denial: { scope: 'visitor' } } }]);
    expect((await slots.read('acme'))?.open.widget).toBe(2);
  });
});
