import { ListEndedSessions } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { callKey } from '../keep/calls.ts';
import { all, at, identity, keptCall, sessionId, start, whose } from '../transcripts.fixture.ts';

const asked = { tenantId: whose.tenantId, actor: 'operator:test', reason: 'a test', requestId: 'r1' };

describe('the list of calls that are over', () => {
  it('says whose widget a call came through and how long it lasted, and nothing of the person', async () => {
    const { bus, stop } = await keptCall();
    expect(await bus.ask(ListEndedSessions, asked)).toEqual({
      sessions: [
        {
          ...{ sessionId, kind: 'widget', widgetKey: identity.widgetKey, agentId: 'guide' },
          ...{ startedAt: start, endedAt: at(60).toISOString(), endReason: 'client', connectedSeconds: 60, used: null },
        },
      ],
      next: null,
    });
    await stop();
  });
  it('shows a call from before its key was kept, without the key, and not one that was erased', async () => {
    const { bus, calls, stop } = await keptCall();
    const key = callKey(whose.tenantId, sessionId);
    await calls.update(key, (now) => {
      if (now === undefined) return { result: undefined };
      const { kind: _kind, widgetKey: _key, connectedSeconds: _seconds, ...state } = now;
      return { result: undefined, state };
    });
    expect((await bus.ask(ListEndedSessions, asked)).sessions).toMatchObject([
      { sessionId, kind: null, widgetKey: null, connectedSeconds: null },
    ]);
    await calls.remove(key);
    expect((await bus.ask(ListEndedSessions, asked)).sessions).toEqual([]);
    await stop();
  });
  it('leaves an entry in the audit log with who looked and why, also where it was refused', async () => {
    const { bus, auditLog, stop } = await keptCall();
    await bus.ask(ListEndedSessions, asked);
    await expect(bus.ask(ListEndedSessions, { ...asked, after: 'x' })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
    const entries = (await all(auditLog.entries(whose.tenantId))).filter(({ action }) => action === 'session.list');
    expect(entries).toMatchObject([
      { actor: 'operator:test', reason: 'a test', requestId: 'r1', outcome: 'done', target: 'tenant:acme' },
      { actor: 'operator:test', outcome: 'refused' },
    ]);
    await stop();
  });
});
