import { randomBytes, randomUUID } from 'node:crypto';
import { ListSessions } from '@vox/contracts';
import type { SealKeys } from '@vox/platform/crypto';
import { settled } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { openFixture } from './broker.fixture.ts';
import type { Broker } from './service.ts';

/** The key of the fixture's first copy. */
const former = Buffer.alloc(32, 1);
const next = randomBytes(32);
/** The steps of docs/rotation.md, as the settings of one copy after another. */
const steps: readonly SealKeys[] = [[former, next], [next, former], next];
const asked = { tenantId: 'acme', actor: 'operator:ada', limit: 1_000 };
const yields = (count: number): Promise<void> =>
  count === 0 ? Promise.resolve() : new Promise<void>((resolve) => setImmediate(resolve)).then(() => yields(count - 1));

describe('a change of the seal key of the broker under load', () => {
  it('refuses no call, gives a repeat the same secret, and ends each call with its person', async () => {
    const limits = { sessionStartsPerMinute: 100_000, openSessions: 100_000, openSessionsPerPerson: 100_000 };
    const { bus, grant, end, startWith, brokers, factsOf } = await openFixture({ limits });
    const copies: Broker[] = [brokers[0] as Broker, await startWith(former)];
    const persons = new Map<string, string>();
    const living: string[] = [];
    let isOver = false;
    let n = 0;
    async function lane(): Promise<void> {
      while (!isOver) {
        n += 1;
        const [sessionId, visitor] = [randomUUID(), n];
        const granted = await grant(sessionId, visitor);
        if (granted.kind !== 'granted') return expect.unreachable();
        const repeated = await grant(sessionId, visitor);
        expect(repeated).toMatchObject({ kind: 'granted', clientSecret: { value: granted.clientSecret.value } });
        const { sessions } = await bus.ask(ListSessions, asked);
        const { identity } = sessions.find((each) => each.sessionId === sessionId) ?? expect.unreachable();
        persons.set(sessionId, JSON.stringify(identity));
        living.push(sessionId);
        // Every second call lives over the next step.
        if (n % 2 === 0) await end(living.shift() ?? '');
        await yields(n % 5);
      }
    }
    const working = [lane(), lane(), lane()];
    for (const sealKey of steps)
      for (const which of [0, 1]) {
        const before = persons.size;
        await expect.poll(() => persons.size, { timeout: 20_000, interval: 5 }).toBeGreaterThan(before + 4);
        // Before the old key goes nothing that it sealed is left: here the calls end, elsewhere two days are over.
        if (sealKey === next && which === 0) for (const sessionId of living.splice(0)) await end(sessionId);
        await copies[which]?.stop();
        copies[which] = await startWith(sealKey);
      }
    isOver = true;
    await Promise.all(working);
    for (const sessionId of living.splice(0)) await end(sessionId);
    await settled(bus);
    const ended = factsOf('session.ended').map(({ data }) => data as { sessionId: string; identity: unknown });
    expect(new Set(ended.map(({ sessionId }) => sessionId))).toEqual(new Set(persons.keys()));
    for (const { sessionId, identity } of ended) expect(JSON.stringify(identity)).toBe(persons.get(sessionId));
    for (const copy of copies) await copy.stop();
  }, 60_000);
});
