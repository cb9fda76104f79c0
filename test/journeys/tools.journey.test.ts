import { EndSessions } from '@vox/contracts';
import { demoDraft } from '@vox/local/demo-tenant';
import { someOffer } from '@vox/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Journey, openJourney, origin } from './journey.ts';

const parameters = { type: 'object', properties: { number: { type: 'string' } }, required: ['number'] };
const page = { type: 'function', name: 'show_map', description: 'Shows a map.', parameters };
const order = {
  ...{ kind: 'http_tool', name: 'find_order', description: 'Finds an order.', parameters },
  http: {
    ...{ method: 'GET', urlTemplate: 'https://api.canary-shop.com/{{args.number}}' },
    headers: { Authorization: 'Bearer {{secrets.CANARY_KEY}}' },
  },
};
const search = {
  ...{ kind: 'mcp_tool', name: 'search', description: 'Searches.', parameters, tool: 'canary', pin: 'a'.repeat(64) },
  ...{ server: 'https://mcp.canary-shop.com/mcp' },
};
const end = { kind: 'built_in', name: 'end_call', description: 'Ends the call.' };
const nothing = { type: 'object', properties: {}, additionalProperties: false };
const told = [page, order, search, { ...end, parameters: nothing }].map(({ name, description, parameters }) => ({
  ...{ type: 'function', name, description, parameters },
}));
const agents = demoDraft.agents.map((agent) => ({ ...agent, tools: [page, order, search, end] }));
let journey: Journey;

beforeEach(async () => {
  journey = await openJourney({ draft: { ...demoDraft, calls: 'both', agents } });
  await atProvider('/settings', { media: 'none' });
});
afterEach(() => journey.close());

const atProvider = (path: string, body: object) =>
  fetch(`${journey.fixture.providerUrl}/simulator${path}`, {
    ...{ method: 'PUT', headers: { 'content-type': 'application/json' } },
    body: JSON.stringify(body),
  });
async function start(body: object): Promise<string> {
  const answer = await fetch(`${journey.url}/api/session`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json', origin } },
    body: JSON.stringify({ widgetKey: journey.widgetKey, ...body }),
  });
  expect(answer.status).toBe(200);
  return answer.text();
}
/** The tools of a call at the provider. */
async function toolsOf(callId: string): Promise<unknown> {
  const shown = await fetch(`${journey.fixture.providerUrl}/simulator/calls/${callId}`);
  return ((await shown.json()) as { session: { tools: unknown } }).session.tools;
}

describe('the tools of an agent', () => {
  it('are told to the provider of a brokered call without how they are run, and the browser hears nothing', async () => {
    const body = await start({ offer: someOffer });
    const [callId = ''] = /rtc_\w+/.exec(body) ?? [];
    expect(await toolsOf(callId)).toEqual(told);
    expect(body).not.toMatch(/canary|find_order/i);
    await journey.bus.ask(EndSessions, { tenantId: 'demo', actor: 'test' });
  });
  it('are told to the provider of a direct call without how they are run, and the browser hears nothing', async () => {
    const body = await start({});
    const [secret = ''] = /ek_\w+/.exec(body) ?? [];
    const begun = await fetch(`${journey.fixture.providerUrl}/v1/realtime/calls`, {
      ...{ method: 'POST', body: someOffer },
      headers: { 'content-type': 'application/sdp', authorization: `Bearer ${secret}` },
    });
    expect(begun.status).toBe(201);
    expect(await toolsOf(begun.headers.get('location')?.split('/').at(-1) ?? '')).toEqual(told);
    expect(body).not.toMatch(/canary|find_order/i);
  });
});
