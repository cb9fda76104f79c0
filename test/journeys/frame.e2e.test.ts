import { type AllInOne, openAllInOne } from '@vox/local/all-in-one';
import { demoPage } from '@vox/local/demo-page';
import { demoDraft, demoTenant } from '@vox/local/demo-tenant';
import { memoryStores } from '@vox/local/stores';
import { memoryBus } from '@vox/platform/bus';
import { type Listening, listen } from '@vox/platform/http';
import { silentLog } from '@vox/platform/telemetry';
import { systemClock } from '@vox/platform/time';
import { someLimits } from '@vox/testing';
import { chromiumBrowser } from '@vox/testing/browser';
import { widgetFiles } from '@vox/widget';
import express from 'express';
import type { Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

const browser = await chromiumBrowser(process.env);
afterAll(() => browser?.close());
const host = { host: '127.0.0.1', port: 0 };

describe.skipIf(browser === undefined)('the frame of a call in a browser', () => {
  const bus = memoryBus({ clock: systemClock });
  const doors: Listening[] = [];
  let fixture: AllInOne;
  let shop: string;
  let rival: string;
  let widgetKey: string;
  let page: Page;
  let requests: Request[];
  let refusals: string[];

  beforeAll(async () => {
    const wide = someLimits({ openSessionsPerPerson: 100, openSessions: 100, sessionStartsPerMinute: 100 });
    fixture = await openAllInOne({
      ...{ bus, stores: memoryStores(), port: 0, clock: systemClock, log: silentLog },
      defaults: { widget: wide, console: wide, ceiling: wide },
      ...{ ipLimit: { perMinute: 1_000, burst: 0 }, proofTries: 20 },
    });
    const open = async (app: Parameters<typeof listen>[0]): Promise<string> => {
      const door = await listen(app, host);
      doors.push(door);
      return door.url;
    };
    shop = await open(demoPage(fixture.url, () => widgetKey));
    rival = await open(express().get('/', (_request, response) => void response.type('html').send('<h1>Rival</h1>')));
    const bot = { mode: 'proof-of-work', whenUnavailable: 'deny' } as const;
    widgetKey = await demoTenant(bus, shop, { ...demoDraft, bot });
    // Another tenant, with a key for its own page: it may frame the page of a call for itself.
    rivalKey = await demoTenant(bus, rival, { ...demoDraft, tenantId: 'rival', bot });
  });
  let rivalKey: string;
  afterEach(() => page?.close());
  afterAll(async () => {
    await fixture.stop();
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
  const toVox = () => requests.filter((request) => request.url().startsWith(fixture.url));
  const tokenOf = async (): Promise<string> => {
    const path = `/api/public/widget/bootstrap?key=${widgetKey}`;
    const answer = await fetch(fixture.url + path, { headers: { origin: shop } });
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
    const posts = all.filter(({ method, url }) => method === 'POST' && url.startsWith(fixture.url));
    expect(posts.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/api/public/widget/renew', '/api/session', '/api/heartbeat']),
    );
    for (const { path, kind, headers } of posts) {
      // A request that outlives its page is told of with fewer headers; the server has taken it, so it said whose it was.
      if (kind !== 'ping')
        expect([path, headers.origin, headers['x-vox-framed-by']]).toEqual([path, fixture.url, shop]);
    }
    expect(refusals).toEqual([]);
    const assets = new Set(toVox().map((request) => new URL(request.url()).pathname));
    const unused = [...widgetFiles.served.keys()].filter((path) => !assets.has(path));
    expect(unused).toEqual(['/widget.js', '/widget/assets/refused.js']);
  }, 60_000);

  it('forgets a token that an older script put into its address', async () => {
    await visit(shop);
    await framing(`${fixture.url}/widget?token=${await tokenOf()}&tenantId=demo`);
    await frame().getByRole('button', { name: 'Start call' }).waitFor();
    expect(await frame().locator('body').evaluate('location.href')).toBe(`${fixture.url}/widget?tenantId=demo`);
  }, 60_000);

  it('is not shown to another page, with whatever it is asked for', async () => {
    await visit(rival);
    for (const query of [
      `token=${await tokenOf()}`,
      `key=${widgetKey}&origin=${encodeURIComponent(shop)}`,
      `key=${widgetKey}&origin=${encodeURIComponent(rival)}`,
    ]) {
      await framing(`${fixture.url}/widget?${query}`);
      const shown = page.frames().filter((each) => each.url().includes('/widget'));
      for (const each of shown) expect(await each.locator('#start').count(), query).toBe(0);
      await page.reload();
    }
    expect(bus.published().filter(({ type }) => type === 'vox.session.requested.v1').length).toBeLessThanOrEqual(1);
  }, 60_000);

  it('takes no token of another’s page: one that was stolen and handed to a frame of the thief’s own is refused', async () => {
    await visit(rival);
    const token = await tokenOf();
    const own = `${fixture.url}/widget?key=${rivalKey}&origin=${encodeURIComponent(rival)}`;
    const hand = `if (event.data.type === 'vox-frame-ready')
      event.source.postMessage({ type: 'vox-token', token: ${JSON.stringify(token)} }, ${JSON.stringify(fixture.url)});`;
    await framing(own, hand);
    await expect.poll(() => refusals).toContain('/api/public/widget/renew');
    expect(await frame().getByRole('button', { name: 'Start call' }).isVisible()).toBe(false);
  }, 60_000);

  it('is nothing by itself: opened as a page of its own, with a token that somebody took, it is refused', async () => {
    await visit(`${fixture.url}/widget?token=${await tokenOf()}`);
    expect(refusals).toEqual(['/widget']);
    expect(await page.locator('#start').count()).toBe(0);
    await visit(`${fixture.url}/widget?key=${widgetKey}&origin=${encodeURIComponent(shop)}`);
    expect(refusals).toEqual(['/widget']);
  }, 60_000);
});
