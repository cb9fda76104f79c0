import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { PutAgent } from '@vox/contracts';
import { expect, it } from 'vitest';
import { authOnTwins, guide, instructionsOf } from '../../auth.fixture.ts';

it('an agent that no policy names is dropped after a day, and one that a policy names stays', async () => {
  const fixture = await authOnTwins();
  await fixture.putTenant();
  await fixture.bus.ask(PutAgent, { tenantId: 'acme', agentSetId: randomUUID(), agent: guide });
  expect(await fixture.agents.all(9)).toHaveLength(2);
  fixture.clock.advanceMs(86_400_000);
  await expect.poll(async () => (await fixture.agents.all(9)).length).toBe(1);
  await pause(20);
  expect(await instructionsOf(fixture.bus, await fixture.policy())).toEqual(['Help.']);
  expect(await fixture.agents.all(9)).toHaveLength(1);
  await fixture.close();
});
