import { randomUUID } from 'node:crypto';
import { EndSessions } from '@vox/contracts';
import { settled } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { openFixture } from '../../broker.fixture.ts';

describe('a heartbeat', () => {
  it('that names another session’s call does not get that call hung up with its own', async () => {
    const { grant, beat, bus, hungUp, sessions } = await openFixture();
    const [victim, thief] = [randomUUID(), randomUUID()];
    await grant(victim, 1);
    await grant(thief, 2);
    await beat(victim, true, 'rtc_victim');
    await beat(thief, true, 'rtc_victim');
    await bus.ask(EndSessions, { tenantId: 'acme', actor: 'test' });
    expect(hungUp).toEqual(['rtc_victim']);
    expect(await sessions.read(thief)).toMatchObject({ kind: 'ended', callId: undefined });
  });
  it('counts once with all others of the same second, and again in the next', async () => {
    const { grant, beat, bus, clock, sessions } = await openFixture({ copies: 2 });
    const id = randomUUID();
    await grant(id);
    const metered = () => bus.published().filter(({ type }) => type === 'vox.usage.metered.v1');
    const answers = await Promise.all(Array.from({ length: 50 }, () => beat(id)));
    expect(new Set(answers.map(({ kind }) => kind))).toEqual(new Set(['live']));
    expect(metered()).toHaveLength(1);
    clock.advanceMs(1_000);
    await beat(id, true, 'rtc_1');
    expect(await sessions.read(id)).toMatchObject({ kind: 'live' });
    await settled(bus);
    expect(metered()).toHaveLength(2);
  });
});
