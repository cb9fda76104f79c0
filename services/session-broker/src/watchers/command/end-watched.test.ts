import { randomUUID } from 'node:crypto';
import { WithdrawalDocument } from '@vox/contracts';
import { withdrawalKey } from '@vox/platform/crypto';
import { settled } from '@vox/testing';
import { describe, expect, it, vi } from 'vitest';
import { openFixture, visitor } from '../../broker.fixture.ts';
import { startBroker } from '../../service.ts';

describe('a copy of the broker', () => {
  it('starts also when visitors have taken something back', async () => {
    const { bus, dependencies, slots, leads } = await openFixture();
    const at = '2026-05-05T12:00:00.000Z';
    const key = withdrawalKey('acme', visitor(1).visitorId);
    await bus.documents(WithdrawalDocument).put(key, { purposes: ['transcripts'], at, until: at });
    const broker = await startBroker({ ...dependencies, slots, leads });
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
