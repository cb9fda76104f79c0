import { memoryBus } from '@vox/shared/bus';
import { type Listening, listen } from '@vox/shared/http';
import { silentLog } from '@vox/shared/telemetry';
import { someLimits } from '@vox/shared/testing';
import { chromiumBrowser } from '@vox/shared/testing/browser';
import { systemClock } from '@vox/shared/time';
import { widgetFiles } from '@vox/widget';
import express from 'express';
import type { Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { demoPage } from '../../local/src/all-in-one/demo-page.ts';
import { demoDraft, demoTenant } from '../../local/src/all-in-one/demo-tenant.ts';
import { type House, openHouse } from '../../local/src/all-in-one/house.ts';
import { memoryStores } from '../../local/src/all-in-one/stores.ts';

const browser = await chromiumBrowser(process.env);
afterAll(() => browser?.close());
const host = { host: '127.0.0.1', port: 0 };

describe.skipIf(browser === undefined)('the frame of a call in a browser', () => {
  const bus = memoryBus({ clock: systemClock });
  const doors: Listening[] = [];
  let house: House;
  let shop: string;
  let rival: string;
  let widgetKey: string;
  let page: Page;
  let requests: Request[];
  let refusals: string[];

  beforeAll(async () => {
    const wide = someLimits({ openSessionsPerPerson: 100, openSessions: 100, sessionStartsPerMinute: 100 });
    house = await openHouse({
      ...{ bus, stores: memoryStores(), port: 0, clock: systemClock, log: silentLog },
      defaults: { widget: wide, console: wide, ceiling: wide },
      ...{ ipLimit: { perMinute: 1_000, burst: 0 }, proofTries: 20 },
    });
    const open = async (app: Parameters<typeof listen>[0]): Promise<string> => {
      const door = await listen(app, host);
      doors.push(door);
      return door.url;
    };
    shop = await open(demoPage(house.url, () => widgetKey));
    rival = await open(express().get('/', (_request, response) => void response.type('html').send('<h1>Rival</h1>')));
    const bot = { mode: 'proof-of-work', whenUnavailable: 'deny' } as const;
    widgetKey = await demoTenant(bus, shop, { ...demoDraft, bot });
    // Another tenant, with a key for its own page: it may frame the page of a call for itself.
    rivalKey = await demoTenant(bus, rival, { ...demoDraft, tenantId: 'rival', bot });
  });
  let rivalKey: string;
  afterEach(() => page?.close());
  afterAll(async () => {
    await house.stop();
    for (const door of doors) await door.close(0);
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
  const toVox = () => requests.filter((request) => request.url().startsWith(house.url));
  const tokenOf = async (): Promise<string> => {
    const path = `/api/public/widget/bootstrap?key=${widgetKey}`;
    const answer = await fetch(house.url + path, { headers: { origin: shop } });
    return ((await answer.json()) as { widgetSessionToken: string }).widgetSessionToken;
  };
  /** What a page does with a frame at an address, and with what it hears of it. */
  const framing = (address: string, hear = '') =>
    page.evaluate(`new Promise((resolve) => {
      const frame = document.createElement('iframe');
      frame.src = ${JSON.stringify(address)};
      frame.allow = 'microphone';
      addEventListener('message', (event) => { ${hear} });
      frame.onload = () => setTimeout(resolve, 1_500);
      document.body.append(frame);
    })`);

  it('is handed its token by the page, which stands in no address and no Referer; each request says whose it is', async () => {
    await visit(shop);
    await page.getByRole('button', { name: 'Talk to Guide' }).click();
    await frame().getByRole('button', { name: 'Start call' }).click();
    await frame()
      .getByText(/\d:\d\d left/)
      .waitFor({ timeout: 20_000 });
    await page.evaluate('voxWidget.close()');
    await expect
      .poll(() => bus.published().filter(({ type }) => type === 'vox.session.ended.v1').length, { timeout: 10_000 })
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
    const posts = all.filter(({ method, url }) => method === 'POST' && url.startsWith(house.url));
    expect(posts.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/api/public/widget/renew', '/api/session', '/api/heartbeat']),
    );
    for (const { path, kind, headers } of posts) {
      // A request that outlives its page is told of with fewer headers; the server has taken it, so it said whose it was.
      if (kind !== 'ping') expect([path, headers.origin, headers['x-vox-framed-by']]).toEqual([path, house.url, shop]);
    }
    expect(refusals).toEqual([]);
    const assets = new Set(toVox().map((request) => new URL(request.url()).pathname));
    const unused = [...widgetFiles.served.keys()].filter((path) => !assets.has(path));
    expect(unused).toEqual(['/widget.js', '/widget/assets/refused.js']);
  }, 60_000);

  it('forgets a token that an older script put into its address', async () => {
    await visit(shop);
    await framing(`${house.url}/widget?token=${await tokenOf()}&tenantId=demo`);
    await frame().getByRole('button', { name: 'Start call' }).waitFor();
    expect(await frame().locator('body').evaluate('location.href')).toBe(`${house.url}/widget?tenantId=demo`);
  }, 60_000);

  it('is not shown to another page, with whatever it is asked for', async () => {
    await visit(rival);
    for (const query of [
      `token=${await tokenOf()}`,
      `key=${widgetKey}&origin=${encodeURIComponent(shop)}`,
      `key=${widgetKey}&origin=${encodeURIComponent(rival)}`,
    ]) {
      await framing(`${house.url}/widget?${query}`);
      const shown = page.frames().filter((each) => each.url().includes('/widget'));
      for (const each of shown) expect(await each.locator('#start').count(), query).toBe(0);
      await page.reload();
    }
    expect(bus.published().filter(({ type }) => type === 'vox.session.requested.v1').length).toBeLessThanOrEqual(1);
  }, 60_000);

  it('takes no token of another’s page: one that was stolen and handed to a frame of the thief’s own is refused', async () => {
    await visit(rival);
    const token = await tokenOf();
    const own = `${house.url}/widget?key=${rivalKey}&origin=${encodeURIComponent(rival)}`;
    const hand = `if (event.data.type === 'vox-frame-ready')
      event.source.postMessage({ type: 'vox-token', token: ${JSON.stringify(token)} }, ${JSON.stringify(house.url)});`;
    await framing(own, hand);
    await expect.poll(() => refusals).toContain('/api/public/widget/renew');
    expect(await frame().getByRole('button', { name: 'Start call' }).isVisible()).toBe(false);
  }, 60_000);

  it('is nothing by itself: opened as a page of its own, with a token that somebody took, it is refused', async () => {
    await visit(`${house.url}/widget?token=${await tokenOf()}`);
    expect(refusals).toEqual(['/widget']);
    expect(await page.locator('#start').count()).toBe(0);
    await visit(`${house.url}/widget?key=${widgetKey}&origin=${encodeURIComponent(shop)}`);
    expect(refusals).toEqual(['/widget']);
  }, 60_000);
});
