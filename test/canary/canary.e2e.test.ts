import { appendFileSync } from 'node:fs';
import { CreateWidgetKey, PutTenant } from '@vox/contracts';
import { demoDraft } from '@vox/local/demo-tenant';
import { afterAll, describe, expect, it } from 'vitest';
import { wholeWay } from '../journeys/by-http.ts';
import { collector } from '../stack/collector.ts';
import { testStack } from '../stack/test-stack.ts';
import { canariesOf, tenant } from './canaries.ts';
import { heapsHere, leaksInHeaps } from './heaps.ts';
import { placesOf } from './places.ts';
import { lastWords, wholeRun } from './run.ts';
import { type Canary, leaks, type Place } from './search.ts';
import { secretTool } from './tenant-secret.ts';

const traces = await collector();
afterAll(() => traces.door.close(0));
const heaps = heapsHere();
afterAll(heaps.close);
const { isOpen, stack } = await testStack({
  copies: { 'edge-guard': 2 },
  env: {
    PROOF_OF_WORK_TRIES: '4',
    LOG_LEVEL: 'debug',
    OTEL_EXPORTER_OTLP_ENDPOINT: traces.door.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_BSP_SCHEDULE_DELAY: '200',
    ...heaps.env,
  },
});

const soon = { timeout: 20_000, interval: 250 };
const origin = 'https://shop.example';

async function newTenant(): Promise<string> {
  const [agent] = demoDraft.agents;
  const tool = { type: 'function', name: 'cellar', description: tenant.tool, parameters: {} };
  const draft = {
    ...demoDraft,
    tenantId: 'canary-shop',
    bot: { mode: 'proof-of-work', whenUnavailable: 'deny' },
    agents: [{ ...agent, instructions: tenant.instructions, tools: [tool, secretTool] }],
    limits: { widget: { openSessionsPerPerson: 3 }, console: {} },
  };
  await stack.operator.ask(PutTenant, { draft, actor: 'test' });
  const key = { tenantId: draft.tenantId, label: 'page', origins: [origin], actor: 'test' };
  return (await stack.operator.ask(CreateWidgetKey, key)).widgetKey;
}

/** What an owner shows and gets who manages the tenant over HTTP. */
async function canariesOfAnOwner(): Promise<Canary[]> {
  const place = { url: stack.url, fixture: { mailUrl: stack.mailUrl }, bus: stack.operator };
  const { login, email, apiKey, signingSecret } = (await wholeWay(place, 'canary-shop')).secrets;
  return [
    { what: 'a login', value: login },
    { what: 'the signature of a login', value: login.split('.')[2] ?? '' },
    { what: 'the address of a member', value: email },
    { what: 'an API key of a member', value: apiKey },
    { what: 'what that key signs with', value: signingSecret },
  ];
}

describe.skipIf(!isOpen)('a whole run, with everything that can go wrong in it,', () => {
  const answers: string[] = [];
  const places = async (): Promise<Place[]> => [
    ...(await placesOf(stack)),
    {
      name: 'spans',
      text: traces
        .spans()
        .map(({ text }) => text)
        .join('\n'),
    },
    { name: 'error answers', text: answers.join('\n') },
  ];

  it('writes secrets and personal data only where they belong, and a planted word is found', async () => {
    const { granted, planted } = await wholeRun(stack, origin, await newTenant(), answers);
    await expect.poll(() => traces.spans().some(({ name }) => name.includes('/widget')), soon).toBe(true);
    await lastWords(stack, traces);
    const canaries = [...canariesOf(stack, granted), ...(await canariesOfAnOwner())];
    const found = await places();
    for (const name of [
      'log of edge-guard-1',
      'metrics of quota-2',
      'facts in VOX_CALLS',
      'dead letters',
      'documents of policy',
      'MongoDB',
      'spans',
      'error answers',
    ])
      expect(found.find((place) => place.name === name)?.text.length, name).toBeGreaterThan(100);
    expect(leaks(canaries, found)).toEqual([]);
    const ofSecrets = [tenant.secret, tenant.nextSecret].map((value) => ({ what: 'a secret of the tenant', value }));
    expect(await leaksInHeaps(stack, heaps.folder, ofSecrets, 'canary-shop')).toEqual([]);

    await planted('planted-canary-4e1b');
    appendFileSync(stack.services[0]?.logFile ?? '', '{"level":"info","msg":"planted-canary-4e1b"}\n');
    const canary = { what: 'what was planted', value: 'planted-canary-4e1b' };
    const foundIn = async () =>
      new Set(leaks([canary], await places()).map((leak) => /planted in (.*?): …/s.exec(leak)?.[1]));
    await expect
      .poll(foundIn, soon)
      .toEqual(
        new Set(['log of auth', 'spans', 'facts in VOX_CALLS', 'MongoDB', 'documents of policy', 'error answers']),
      );
  }, 180_000);
});
