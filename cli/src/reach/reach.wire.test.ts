import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { AgentDocument, agentKey, ListSessions, PolicyDocument, PutAgent, PutTenant } from '@vox/contracts';
import { natsBus, newServiceKey } from '@vox/platform/bus';
import { faultCodes } from '@vox/platform/fault';
import { systemClock as clock } from '@vox/platform/time';
import { furnish, natsWithRights, someAgents, somePolicy } from '@vox/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { remembering, sentencesOf } from '../text/sentences.ts';
import { reach } from './reach.ts';

const server = await natsWithRights(process.env);
const { keys = {}, folder = '' } = server ?? {};
if (server !== undefined) await furnish(server.url, { nkeySeed: keys.bootstrap?.seed });
afterAll(async () => {
  await server?.stop();
});
const env = (over: Record<string, string | undefined> = {}) => ({
  XDG_CONFIG_HOME: folder,
  NATS_URL: server?.url,
  NATS_NKEY_SEED: keys.operator?.seed,
  ...over,
});
const said = async (over: Record<string, string | undefined>): Promise<string> => {
  let close = async (): Promise<void> => undefined;
  try {
    const reached = await reach(env(over), folder);
    close = reached.close;
    await remembering(reached.ask)(ListSessions, { tenantId: 'acme', actor: 'operator:test' }, { timeoutMs: 500 });
    return 'it was answered';
  } catch (error) {
    const text = sentencesOf(error).join('\n');
    for (const code of faultCodes) expect(text).not.toContain(code);
    expect(text).not.toMatch(/Error|ECONN|undefined/);
    return text;
  } finally {
    await close();
  }
};
const busOf = (service: string) =>
  natsBus({
    ...{ servers: [server?.url ?? ''], service, clock, onThrow: () => undefined },
    ...(keys[service] && { nkeySeed: keys[service].seed }),
  });

describe.skipIf(!server?.owned)('vox, when it cannot reach a server', () => {
  it('says what to check: no server, a wrong address, a wrong seed, no seed, no such service', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => free.once('listening', resolve));
    const { port } = free.address() as { port: number };
    await new Promise((resolve) => free.close(resolve));
    expect(await said({ NATS_URL: `nats://127.0.0.1:${port}` })).toMatch(
      /^NATS_URL is nats:\/\/127.0.0.1:\d+\.\nno server answers at this address: is the NATS server running, and is NATS_URL right\?$/,
    );
    expect(await said({ NATS_URL: 'nats://no-such-host.invalid:4222' })).toMatch(
      /the host in NATS_URL is unknown|no server answers/,
    );
    expect(await said({ NATS_URL: ' ' })).toMatch(/^NATS_URL is empty/);
    expect(await said({ NATS_NKEY_SEED: newServiceKey().seed })).toMatch(/the NATS server refuses this nkey/);
    expect(await said({ NATS_NKEY_SEED: undefined })).toMatch(/the NATS server refuses this nkey/);
    expect(await said({ NATS_NKEY_SEED: 'SUAAAA' })).toMatch(/^NATS_NKEY_SEED must be the seed of a user/);
    expect(await said({ NATS_NKEY_SEED: `SU${'A'.repeat(56)}` })).toMatch(/^NATS_NKEY_SEED must be the seed of a user/);
    expect(await said({})).toMatch(/^session-broker does not answer: is it running\?$/);
    expect(await said({ NATS_NKEY_SEED: keys.quota?.seed })).toMatch(
      /this nkey may not do this: NATS_NKEY_SEED must be the operator’s seed/,
    );
    expect(await said({ NATS_URL: undefined })).toMatch(
      /^there is no server to ask: set VOX_URL, .*\noperators set NATS_URL/,
    );
  });
  it('refuses a question that is too large before it is sent, and names both sizes', async () => {
    const { ask, close } = await reach(env(), folder);
    const draft = { much: 'x'.repeat(1_100_000) };
    const sentences = await ask(PutTenant, { draft, actor: 'operator:test' }).catch(sentencesOf);
    expect(sentences).toEqual([
      expect.stringMatching(/^the input is too large: it has 11\d{5} bytes; one message of the bus carries 10\d{5}\.$/),
    ]);
    await close();
  });
});

describe.skipIf(!server?.owned)('the instructions of an agent', () => {
  it('travel in messages of every allowed size, and only the broker may read them', async () => {
    const policy = somePolicy();
    const [agent] = someAgents(policy);
    if (agent === undefined) throw new Error('a policy without agents');
    const auth = await busOf('auth');
    const parameters = { much: 'x'.repeat(500_000) };
    const heavy = { ...agent, tools: [{ type: 'function' as const, name: 't', description: '', parameters }] };
    await auth.answer(PutAgent, async ({ agent: sent }) => {
      const key = agentKey('acme', policy.agentSetId, 'guide');
      await auth.documents(AgentDocument).put(key, sent as typeof heavy);
      await auth.documents(PolicyDocument).put('acme', policy);
      return { agentId: 'guide' };
    });
    const { ask, close } = await reach(env(), folder);
    await ask(PutAgent, { tenantId: 'acme', agentSetId: randomUUID(), agent: heavy });
    const key = agentKey('acme', policy.agentSetId, 'guide');
    for (const service of ['session-broker', 'edge-guard', 'quota', 'compliance']) {
      const bus = await busOf(service);
      expect((await bus.documents(PolicyDocument).read('acme'))?.tenantId).toBe('acme');
      const read = bus.documents(AgentDocument).read(key);
      if (service === 'session-broker') expect(await read).toEqual(heavy);
      else await expect(read, service).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      await bus.close();
    }
    await close();
    await auth.close();
  }, 30_000);
});
