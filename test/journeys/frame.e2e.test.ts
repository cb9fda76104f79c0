import { demoPage } from '@vox/local/demo-page';
import { demoDraft, demoTenant } from '@vox/local/demo-tenant';
import { type Listening, listen } from '@vox/platform/http';
import { chromiumBrowser } from '@vox/testing/browser';
import { widgetFiles } from '@vox/widget/files';
import express from 'express';
import type { Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, openJourney } from './journey.ts';

const browser = await chromiumBrowser(process.env);
afterAll(() => browser?.close());

describe.skipIf(browser === undefined)('the frame of a call in a browser', () => {
  const bot = { mode: 'proof-of-work', whenUnavailable: 'deny' } as const;
  let journey: Journey;
  let rivalDoor: Listening;
  let shop: string;
  let rival: string;
  let widgetKey: string;
  let rivalKey: string;
  let page: Page;
  let requests: Request[];
  let refusals: string[];

  beforeAll(async () => {
    journey = await openJourney({
      limits: { openSessionsPerPerson: 100, openSessions: 100, sessionStartsPerMinute: 100 },
      draft: { ...demoDraft, bot },
      proofTries: 20,
      page: demoPage,
    });
    ({ origin: shop, widgetKey } = journey);
    const rivalPage = express().get('/', (_request, response) => void response.type('html').send('<h1>Rival</h1>'));
    rivalDoor = await listen(rivalPage, { host: '127.0.0.1', port: 0 });
    rival = rivalDoor.url;
    // Another tenant, with a key for its own page: it may frame the page of a call for itself.
    rivalKey = await demoTenant(journey.bus, rival, { ...demoDraft, tenantId: 'rival', bot });
  });
  afterEach(() => page?.close());
  afterAll(async () => {
    await rivalDoor?.close(0);
    await journey?.close();
  });

  async function visit(address: string): Promise<void> {
    page = await (browser as NonNullable<typeof browser>).newPage();
    requests = [];
    refusals = [];
    page.on('request', (request) => requests.push(request));
    page.on('response', (answer) => answer.status() === 403 && refusals.push(new URL(answer.url()).pathname));
    await page.goto(address);
  }
  const frame = () => page.frameLocator('iframe');
  const toVox = () => requests.filter((request) => request.url().startsWith(journey.url));
  const tokenOf = async (): Promise<string> => {
    const path = `/api/public/widget/bootstrap?key=${widgetKey}`;
    const answer = await fetch(journey.url + path, { headers: { origin: shop } });
    return ((await answer.json()) as { widgetSessionToken: string }).widgetSessionToken;
  };
  /** Puts a frame with an address into the page, and handles its messages with `onMessage`. */
  const framing = (address: string, onMessage = '') =>
    page.evaluate(`new Promise((resolve) => {
      const frame = document.createElement('iframe');
      frame.src = ${JSON.stringify(address)};
      frame.allow = 'microphone';
      addEventListener('message', (event) => { ${onMessage} });
      frame.onload = () => setTimeout(resolve, 1_500);
      document.body.append(frame);
    })`);

  it('gets its token from the page, in no address and no Referer, and names the page in each request', async () => {
    await visit(shop);
    await page.getByRole('button', { name: 'Talk to Guide' }).click();
    await frame().getByRole('button', { name: 'Start call' }).click();
    await frame()
      .getByText(/\d:\d\d left/)
      .waitFor({ timeout: 20_000 });
    await page.evaluate('voxWidget.close()');
    await expect
      .poll(() => journey.bus.published().filter(({ type }) => type === 'vox.session.ended.v1').length, {
        timeout: 10_000,
      })
      .toBeGreaterThan(0);
    const all = await Promise.all(
      requests.map(async (request) => ({
        method: request.method(),
        url: request.url(),
        path: new URL(request.url()).pathname,
        kind: request.resourceType(),
        headers: await request.allHeaders(),
      })),
    );
    const jwt = /eyJ[\w-]+\.[\w-]+\.[\w-]+/;
    expect(all.filter(({ url, headers }) => jwt.test(url) || jwt.test(headers.referer ?? ''))).toEqual([]);
    const posts = all.filter(({ method, url }) => method === 'POST' && url.startsWith(journey.url));
    expect(posts.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/api/public/widget/renew', '/api/session', '/api/heartbeat']),
    );
    for (const { path, kind, headers } of posts) {
      // The browser reports fewer headers of a request that outlives its page. It was accepted, so it had them.
      if (kind !== 'ping' && path !== '/api/session/end')
        expect([path, headers.origin, headers['x-vox-framed-by']]).toEqual([path, journey.url, shop]);
    }
    expect(refusals).toEqual([]);
    const assets = new Set(toVox().map((request) => new URL(request.url()).pathname));
    const unused = [...widgetFiles.served.keys()].filter((path) => !assets.has(path));
    // Words are loaded in the language that is spoken, and in no other.
    const isUnspoken = (path: string): boolean => /\/words\/(?!en|languages)\w+\.js$/.test(path);
    expect(unused.filter((path) => !isUnspoken(path))).toEqual(['/widget/assets/refused.js']);
    expect(unused.filter(isUnspoken)).toHaveLength(7);
  }, 60_000);

  it('removes a token that an older script put into its address', async () => {
    await visit(shop);
    await framing(`${journey.url}/widget?token=${await tokenOf()}&tenantId=demo`);
    await frame().getByRole('button', { name: 'Start call' }).waitFor();
    expect(await frame().locator('body').evaluate('location.href')).toBe(`${journey.url}/widget?tenantId=demo`);
  }, 60_000);

  it('is not shown to another page, whatever its address says', async () => {
    await visit(rival);
    for (const query of [
      `token=${await tokenOf()}`,
      `key=${widgetKey}&origin=${encodeURIComponent(shop)}`,
      `key=${widgetKey}&origin=${encodeURIComponent(rival)}`,
    ]) {
      await framing(`${journey.url}/widget?${query}`);
      const shown = page.frames().filter((each) => each.url().includes('/widget'));
      for (const each of shown) expect(await each.locator('#start').count(), query).toBe(0);
      await page.reload();
    }
    expect(
      journey.bus.published().filter(({ type }) => type === 'vox.session.requested.v1').length,
    ).toBeLessThanOrEqual(1);
  }, 60_000);

  it('refuses a stolen token that a thief hands to a frame of his own page', async () => {
    await visit(rival);
    const token = await tokenOf();
    const own = `${journey.url}/widget?key=${rivalKey}&origin=${encodeURIComponent(rival)}`;
    const hand = `if (event.data.type === 'vox-frame-ready')
      event.source.postMessage({ type: 'vox-token', token: ${JSON.stringify(token)} }, ${JSON.stringify(journey.url)});`;
    await framing(own, hand);
    await expect.poll(() => refusals).toContain('/api/public/widget/renew');
    expect(await frame().getByRole('button', { name: 'Start call' }).isVisible()).toBe(false);
  }, 60_000);

  it('is refused as a page of its own, with a stolen token too', async () => {
    await visit(`${journey.url}/widget?token=${await tokenOf()}`);
    expect(refusals).toEqual(['/widget']);
    expect(await page.locator('#start').count()).toBe(0);
    await visit(`${journey.url}/widget?key=${widgetKey}&origin=${encodeURIComponent(shop)}`);
    expect(refusals).toEqual(['/widget']);
  }, 60_000);
});
