import { PutTenant } from '@vox/contracts';
import { demoDraft } from '@vox/local/demo-tenant';
import { simulator } from '@vox/local/simulator';
import { settled, someOffer } from '@vox/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Journey, openJourney, origin } from './journey.ts';
import { otherHost, rowsOf } from './other-provider.ts';

const apiKey = 'sk-of-the-other';
const model = 'far-realtime-1';
const [guide] = demoDraft.agents;
const agentAt = (provider: string) => ({ ...guide, agentId: provider, provider });
const draft = { ...demoDraft, calls: 'brokered', agents: [guide, agentAt('far'), agentAt('down')] };
let journey: Journey;
let simulated: ReturnType<typeof simulator>;
let door: Awaited<ReturnType<typeof otherHost>>;

beforeEach(async () => {
  simulated = simulator({ apiKey, now: () => new Date(), turnMs: 0, settings: { media: 'none' } });
  door = await otherHost(simulated, apiKey);
  const row = { adapter: 'openai-realtime', path: '/openai/v1' };
  const rows = rowsOf(
    { ...row, id: 'far', baseUrl: door.url, region: 'eu' },
    { ...row, id: 'down', baseUrl: 'http://127.0.0.1:1' },
    { ...row, id: 'bare', baseUrl: door.url, models: [model], lacks: ['serverEnd'] },
  );
  const limits = { sessionStartsPerMinute: 100, openSessions: 50 };
  journey = await openJourney({ rows, limits, draft });
  await fetch(`${journey.fixture.providerUrl}/simulator/settings`, {
    ...{ method: 'PUT', headers: { 'content-type': 'application/json' } },
    body: JSON.stringify({ media: 'none' }),
  });
});
afterEach(async () => {
  await journey.close();
  await simulated.close();
  await door.close(0);
});

async function post(path: string, body: object, headers: Record<string, string> = {}) {
  const answer = await fetch(`${journey.url}${path}`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json', origin, ...headers } },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
}
const start = (agentId: string) => post('/api/session', { widgetKey: journey.widgetKey, agentId, offer: someOffer });
const hangUp = ({ sm_session_id, session_token }: Record<string, string>) =>
  post('/api/session/end', { sm_session_id }, { authorization: `Bearer ${session_token}` });
const put = (agents: object[]) =>
  journey.bus.ask(PutTenant, { draft: { ...draft, agents }, actor: 'test' }).catch((error: unknown) => error);

describe('an installation with several providers', () => {
  it('makes and ends each call at the provider of its agent', async () => {
    const { status, body } = await start('far');
    expect(status).toBe(200);
    expect(simulated.calls.books()).toMatchObject([{ mode: 'key', endedBy: undefined }]);
    await hangUp(body);
    await settled(journey.bus);
    expect(simulated.calls.books()).toMatchObject([{ endedBy: 'hangup' }]);
    const ended = journey.bus.published().find(({ type }) => type.startsWith('vox.session.ended'));
    expect(ended?.data).toMatchObject({ reason: 'client', confirmedBy: 'hang-up' });
  });
  it('goes on with the calls of the others while one is down', async () => {
    for (let n = 0; n < 7; n += 1) expect((await start('down')).body.code).toBe('UPSTREAM_UNAVAILABLE');
    for (const agentId of ['guide', 'far']) {
      const { status, body } = await start(agentId);
      expect(status).toBe(200);
      await hangUp(body);
    }
  });
  it.each([
    ['a provider that there is not', { provider: 'none' }, 'agents.0.provider'],
    ['brokered calls of one that cannot end them', { provider: 'bare', models: [model] }, 'agents.0.provider'],
    ['a model that its provider does not serve', { provider: 'bare' }, 'agents.0.models.0'],
    ['a region that its provider is not in', { provider: 'far', region: 'us' }, 'agents.0.provider'],
    [
      'tools of one that calls none',
      { models: ['gpt-live-1'], tools: [{ type: 'function', name: 'find', description: '', parameters: {} }] },
      'agents.0.tools',
    ],
  ])('refuses a policy that asks for %s, and names the field', async (_what, over, path) => {
    expect(await put([{ ...guide, ...over }])).toMatchObject({
      code: 'INVALID_REQUEST',
      answer: { issues: expect.arrayContaining([{ path, message: expect.stringMatching(/^[a-z].+[^.]$/) }]) },
    });
  });
});
