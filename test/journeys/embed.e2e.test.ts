import { demoDraft } from '@vox/local/demo-tenant';
import { chromiumBrowser } from '@vox/testing/browser';
import express from 'express';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, openJourney } from './journey.ts';

const browser = await chromiumBrowser(process.env);
afterAll(() => browser?.close());

describe.skipIf(browser === undefined)('a page that embeds the widget', () => {
  let journey: Journey;
  let page: Page;
  let call: FrameLocator;

  /** The page as its owner writes it: `window.voxConfig`, and the address of the script. */
  const shopPage = (url: string) =>
    express().get('/', ({ query }, response) => {
      response.type('html').send(
        `<!doctype html><html lang="en"><title>Shop</title><body><h1>Shop</h1>
        <script>window.events = []; window.voxConfig = ${String(query.config)};
        for (const name of ['ready', 'session:start', 'session:end', 'message', 'error'])
          addEventListener('vox:' + name, ({ detail }) => window.events.push([name, detail]));</script>
        <script src="${url}/voice-widget.js"></script></body></html>`,
      );
    });
  beforeAll(async () => {
    journey = await openJourney({
      limits: { openSessionsPerPerson: 100, openSessions: 100, sessionStartsPerMinute: 100 },
      draft: { ...demoDraft, bot: { mode: 'proof-of-work', whenUnavailable: 'deny' } },
      proofTries: 20,
      page: shopPage,
    });
  });
  afterEach(() => page?.close());
  afterAll(() => journey?.close());

  /** Visits the page with these settings. */
  async function open(config: object = {}, scheme: 'light' | 'dark' = 'light'): Promise<void> {
    page = await (browser as NonNullable<typeof browser>).newPage({ colorScheme: scheme });
    const query = new URLSearchParams({
      config: JSON.stringify({ tenantId: 'demo', widgetKey: journey.widgetKey, ...config }),
    });
    await page.goto(`${journey.origin}/?${query}`);
    call = page.frameLocator('iframe');
  }
  const run = (code: string) => page.evaluate(`(async () => { await ${code}; })()`);
  /** Evaluates an expression in the frame of the call. */
  const inCall = <T>(code: string): Promise<T> => call.locator('body').evaluate(code);
  const surface = () => inCall<string>('getComputedStyle(document.body).backgroundColor');
  const eventsOf = async (name: string) =>
    ((await page.evaluate('window.events')) as [string, Record<string, unknown>][])
      .filter(([each]) => each === name)
      .map(([, detail]) => detail);
  const eventually = (name: string) => expect.poll(() => eventsOf(name), { timeout: 20_000 });
  const button = () => page.getByRole('button', { name: 'Talk to Guide' });
  const frames = () => expect.poll(() => page.locator('iframe').count());
  const start = async () => {
    await call.getByRole('button', { name: 'Start call' }).click();
    await call.getByText(/\d:\d\d left/).waitFor({ timeout: 20_000 });
  };
  const reasons = () =>
    journey.bus
      .published()
      .filter(({ type }) => type === 'vox.session.ended.v1')
      .map(({ data }) => (data as { reason: string }).reason);

  it('learns that the widget is ready, and opens, toggles, closes and destroys it', async () => {
    await open();
    await eventually('ready').toEqual([{ tenantId: 'demo', agentId: 'guide' }]);
    await run('voxWidget.open()');
    await run('voxWidget.open()');
    await frames().toBe(1);
    await run('voxWidget.toggle()');
    await frames().toBe(0);
    await run('Promise.all([voxWidget.toggle(), voxWidget.open()])');
    await frames().toBe(1);
    await run('voxWidget.close()');
    await frames().toBe(0);
    await run('voxWidget.destroy()');
    expect(await button().count()).toBe(0);
    expect(await page.evaluate('typeof window.voxWidget')).toBe('undefined');
  }, 60_000);
  it('gets an event for each step of the call, with its own metadata', async () => {
    await open({ sessionMetadata: { cart: 7 } });
    await button().click();
    await start();
    await eventually('session:start').toMatchObject([{ sessionId: expect.any(String), metadata: { cart: 7 } }]);
    await eventually('message').toEqual(
      expect.arrayContaining([expect.objectContaining({ role: 'assistant', metadata: { cart: 7 } })]),
    );
    const before = reasons().length;
    // The frame goes, and its last request and its last event must still arrive.
    await run('voxWidget.close()');
    await expect.poll(() => reasons().slice(before), { timeout: 10_000 }).toEqual(['client']);
    await eventually('session:end').toMatchObject([{ reason: 'client', metadata: { cart: 7 } }]);
    await button().click();
    await start();
    await call.getByRole('button', { name: 'End call' }).click();
    await eventually('session:end').toHaveLength(2);
  }, 60_000);
  it('chooses the colours, place and words of the widget, and may open it at once', async () => {
    const config = { position: 'top-left', theme: 'dark', primaryColor: '#ffd400', buttonSize: 80, zIndex: 7 };
    await open({ ...config, greeting: 'Need a hand?', autoOpen: true });
    await call.getByRole('button', { name: 'Start call' }).waitFor();
    const look = await page.evaluate(`(() => {
      const style = getComputedStyle(document.querySelector('vox-widget').shadowRoot.querySelector('button'));
      return [style.top, style.left, style.width, style.zIndex, style.backgroundColor, style.color];
    })()`);
    expect(look).toEqual(['20px', '20px', '80px', '7', 'rgb(255, 212, 0)', 'rgb(0, 0, 0)']);
    const { color, backgroundColor } = await inCall<Record<string, string>>(`(() => {
      const { color, backgroundColor } = getComputedStyle(document.getElementById('start'));
      return { color, backgroundColor };
    })()`);
    expect([color, backgroundColor, await surface()]).toEqual(['rgb(0, 0, 0)', 'rgb(255, 212, 0)', 'rgb(22, 27, 34)']);
    await open({ greeting: 'Need a hand?' });
    await page.getByText('Need a hand?').waitFor();
    await button().click();
    await expect.poll(() => page.getByText('Need a hand?').isVisible()).toBe(false);
  }, 60_000);
  it('shows the visitor’s own theme when it names none', async () => {
    for (const [scheme, wanted] of [
      ['light', 'rgb(255, 255, 255)'],
      ['dark', 'rgb(22, 27, 34)'],
    ] as const) {
      await open({}, scheme);
      await button().click();
      await call.getByRole('button', { name: 'Start call' }).waitFor();
      expect(await surface()).toBe(wanted);
      await page.close();
    }
  }, 60_000);
  it('says in words why there is no call, and offers one again when it can', async () => {
    await open({ widgetKey: 'w_demo_page_0000000000000000' });
    await eventually('error').toEqual([
      {
        ...{ code: 'INVALID_WIDGET_KEY', message: 'Voice calls are not set up on this page.' },
        hint: expect.stringContaining('Copy the present one'),
      },
    ]);
    const refused = page.getByRole('button', { name: 'Voice calls are not set up on this page.' });
    await refused.click();
    await page.getByRole('status').getByText('Voice calls are not set up on this page.').waitFor();
    await frames().toBe(0);
    await open();
    await page.route('**/bootstrap?**', (route) => route.abort());
    await page.reload();
    const unreachable = page.getByRole('button', { name: /cannot be reached/ });
    await unreachable.click();
    await page
      .getByRole('status')
      .getByText(/cannot be reached/)
      .waitFor();
    await page.unroute('**/bootstrap?**');
    await unreachable.click();
    await frames().toBe(1);
    expect(await button().count()).toBe(1);
    expect(await page.getByRole('status').textContent()).toBe('');
  }, 60_000);
  it('releases the microphone when the visitor hangs up before the line is open', async () => {
    await open();
    await page.route('**/api/session', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await route.continue();
    });
    await button().click();
    await inCall(`(() => {
      const media = navigator.mediaDevices;
      const ask = media.getUserMedia.bind(media);
      media.getUserMedia = async (wanted) => (window.stream = await ask(wanted));
    })()`);
    await call.getByRole('button', { name: 'Start call' }).click();
    await call.getByText('Asking for a line').waitFor();
    const before = reasons().length;
    await call.getByRole('button', { name: 'End call' }).click();
    await call.getByText('The call has ended').waitFor();
    const tracks = () => inCall('stream.getTracks().map(({ readyState }) => readyState)');
    await expect.poll(tracks, { timeout: 10_000 }).toEqual(['ended']);
    await expect.poll(() => reasons().slice(before), { timeout: 10_000 }).toEqual(['client']);
  }, 60_000);
  it('renews its token for as long as it is open', async () => {
    await open();
    await page.clock.install();
    await page.reload();
    const renewed = () => page.waitForResponse((response) => response.url().endsWith('/renew'));
    const first = renewed();
    await button().click();
    let { widgetSessionToken } = await (await first).json();
    await call.getByRole('button', { name: 'Start call' }).waitFor();
    for (let minutes = 0; minutes < 12; minutes += 4) {
      const next = renewed();
      await page.clock.runFor(241_000);
      const answer = await next;
      expect(answer.request().headers().authorization).toBe(`Bearer ${widgetSessionToken}`);
      ({ widgetSessionToken } = await answer.json());
    }
  }, 60_000);
});
