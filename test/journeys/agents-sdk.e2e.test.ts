import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { demoDraft } from '@vox/local/demo-tenant';
import { chromiumBrowser } from '@vox/testing/browser';
import express from 'express';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type Journey, openJourney } from './journey.ts';

const browser = await chromiumBrowser(process.env);
afterAll(() => browser?.close());

/** The provider's own SDK for browsers, as its package ships it for a script tag. */
const sdk = (): Buffer => {
  const main = createRequire(import.meta.url).resolve('@openai/agents-realtime');
  return readFileSync(join(dirname(main), 'bundle', 'openai-realtime-agents.umd.js'));
};

/** A page that asks VOX for a client secret and begins the call with the SDK: no widget, no frame. */
const sdkPage = (url: string, widgetKey: () => string) => {
  const page = express();
  page.get('/sdk.js', (_request, response) => void response.type('js').send(sdk()));
  page.get('/', (_request, response) => {
    response.type('html').send(`<!doctype html><html lang="en"><title>Shop</title><body>
      <script src="/sdk.js"></script><script>
      const { RealtimeAgent, RealtimeSession, OpenAIRealtimeWebRTC } = OpenAIAgentsRealtime;
      const heard = [];
      const ask = (path, body, token) => fetch('${url}' + path, { method: 'POST', body: JSON.stringify(body), headers: {
        'content-type': 'application/json', ...(token && { authorization: 'Bearer ' + token }) } });
      const grant = async () => {
        const answer = await ask('/api/session', { widgetKey: '${widgetKey()}' });
        return { status: answer.status, body: await answer.json() };
      };
      async function call(granted, provider) {
        const transport = new OpenAIRealtimeWebRTC({ baseUrl: provider + '/v1/realtime/calls' });
        window.session = new RealtimeSession(new RealtimeAgent({ name: 'Guide', instructions: 'Be kind.' }), {
          transport, model: 'gpt-realtime-2.1' });
        window.session.on('transport_event', (event) => heard.push(event.type));
        await window.session.connect({ apiKey: granted.client_secret.value });
        return transport.callId;
      }</script>`);
  });
  return page;
};

describe.skipIf(browser === undefined)('a page that calls with the provider’s own SDK', () => {
  let journey: Journey;
  let page: Page;

  const open = async (calls: 'direct' | 'brokered'): Promise<void> => {
    journey = await openJourney({ draft: { ...demoDraft, calls }, page: sdkPage });
    page = await (browser as NonNullable<typeof browser>).newPage();
    await page.goto(journey.origin);
  };
  afterEach(async () => {
    await page?.close();
    await journey?.close();
  });

  it('begins a direct call with the granted secret, hears the agent, reports its use and hangs up', async () => {
    await open('direct');
    await page.evaluate('(async () => { window.granted = (await grant()).body; })()');
    const callId = await page.evaluate(`call(granted, '${journey.fixture.providerUrl}')`);
    expect(callId).toMatch(/^rtc_/);
    const types = () => page.evaluate<string[]>('heard');
    await expect.poll(types, { timeout: 30_000 }).toContain('response.done');
    const reported = await page.evaluate(`(async () => (await ask('/api/usage/report', {
      sm_session_id: granted.sm_session_id, responseId: 'resp_1', text_in: 1, text_out: 1, audio_in: 1, audio_out: 1,
    }, granted.session_token)).json())()`);
    expect(reported).toMatchObject({ ok: true, tokens: 4 });
    await page.evaluate('session.close()');
    await page.evaluate(`ask('/api/session/end', { sm_session_id: granted.sm_session_id }, granted.session_token)`);
    const ended = () => journey.bus.published().find(({ type }) => type === 'vox.session.ended.v1')?.data;
    await expect.poll(ended, { timeout: 10_000 }).toMatchObject({ reason: 'client' });
  }, 60_000);

  it('is told to send an offer where its tenant’s calls are brokered, and gets no secret', async () => {
    await open('brokered');
    expect(await page.evaluate('grant()')).toMatchObject({ status: 403, body: { code: 'BROKERED_ONLY' } });
  });
});
