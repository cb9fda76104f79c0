import { natsBus } from '@vox/platform/bus';
import { systemClock as clock } from '@vox/platform/time';
import { natsServer } from '@vox/testing';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { followingStreams, openStreams } from '../../live-events/keep/open-streams.ts';
import { followChanges } from '../command/follow-changes.ts';
import type { ChangeEvent } from '../decide/change-event.ts';
import { followers } from '../keep/followers.ts';
import { onLostLink } from './on-revocation.ts';

const server = await natsServer(process.env);
afterAll(() => server?.stop());

describe.skipIf(!server?.owned)('a stream of changes over a NATS that is killed and comes back', () => {
  it('ends, although nobody saw that a revocation could be missed, and one that begins afterwards asks anew', async () => {
    const bus = await natsBus({ servers: [server?.url ?? ''], service: 'test', clock, onThrow: () => undefined });
    const following = followers();
    const watching = onLostLink(following, { current: () => true }, bus);
    const open = async () => {
      const line = await followChanges({
        ...{ bus, clock, followers: following, changeStreams: openStreams(followingStreams, () => 500) },
      })({
        follower: {
          who: { kind: 'member', tenantId: 'acme', memberId: 'm_1', role: 'owner', freshUntilMs: 0 },
          ...{ tenantId: 'acme', holder: 'acme:m_1', credential: 'login.1', confirm: async () => undefined },
        },
        lostBeganMs: undefined,
      });
      const page = { said: [] as ChangeEvent[], isOver: false };
      line.flow({
        event: (_id, event) => page.said.push(event),
        silence: () => undefined,
        end: () => {
          page.isOver = true;
        },
      });
      return page;
    };
    try {
      const page = await open();
      expect(page).toEqual({ said: [{ kind: 'anew', why: 'begun' }], isOver: false });
      server?.kill('SIGKILL');
      await server?.restart('kept');
      await vi.waitFor(() => expect(page.isOver).toBe(true), 10_000);
      expect((await open()).said).toEqual([{ kind: 'anew', why: 'begun' }]);
    } finally {
      await watching.stop();
      await bus.close();
    }
  });
});
