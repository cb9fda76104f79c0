import { randomUUID } from 'node:crypto';
import { PutAgent } from '@vox/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuthOnTwins, authOnTwins, guide } from '../../auth.fixture.ts';

describe('an agent that is sent', () => {
  let fixture: AuthOnTwins;
  beforeEach(async () => {
    fixture = await authOnTwins();
  });
  afterEach(() => fixture.close());
  const agentSetId = randomUUID();
  const send = (agent: object) => fixture.bus.ask(PutAgent, { tenantId: 'acme', agentSetId, agent });

  it('is kept once, however often it comes', async () => {
    expect(await send(guide)).toEqual({ agentId: 'guide' });
    expect(await send(guide)).toEqual({ agentId: 'guide' });
    expect(await fixture.agents.all(9)).toHaveLength(1);
  });
  it('is refused where its set has another agent of its id', async () => {
    await send(guide);
    await expect(send({ ...guide, instructions: 'other' })).rejects.toMatchObject({
      answer: { issues: [{ path: 'agentSetId' }] },
    });
  });
  it('is refused where it is larger than 512 KiB', async () => {
    const parameters = { much: 'x'.repeat(600_000) };
    const heavy = { ...guide, tools: [{ type: 'function', name: 't', description: '', parameters }] };
    await expect(send(heavy)).rejects.toMatchObject({
      answer: { issues: [{ message: expect.stringMatching(/524288 bytes/) }] },
    });
  });
});
