import { describe, expect, it } from 'vitest';

import { at, keptCall, searched, sessionId, visitorId } from '../transcripts.fixture.ts';

describe('a search for transcripts', () => {
  it('finds a call by its session, its visitor, its agent and its time, and by no other', async () => {
    const opened = await keptCall();
    const from = at(0).toISOString();
    for (const over of [
      {},
      { sessionId },
      { identifiers: [{ kind: 'visitor', value: visitorId }] },
      { agentId: 'guide', from, to: at(1).toISOString() },
    ])
      expect(await searched(opened, over)).toEqual([sessionId]);
    for (const over of [
      { tenantId: 'other' },
      { tenantId: 'other', sessionId },
      { identifiers: [{ kind: 'visitor', value: 'v_AnotherAnotherAnother1' }] },
      { identifiers: [{ kind: 'email', value: 'ann@example.com' }] },
      { agentId: 'seller' },
      { sessionId, agentId: 'seller' },
      { sessionId, to: from },
      { sessionId, identifiers: [{ kind: 'email', value: 'ann@example.com' }] },
      { to: from },
    ])
      expect(await searched(opened, over)).toEqual([]);
    await opened.stop();
  });
});
