import { demoDraft } from '@vox/local/demo-tenant';
import { chromiumBrowser } from '@vox/testing/browser';
import express from 'express';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, openJourney } from './journey.ts';

const browser = await chromiumBrowser(process.env);
afterAll(() => browser?.close());

/** What a page may load of VOX, where it may load nothing else, and may write no markup. */
const strict = (url: string, more = '') =>
  `default-src 'none'; script-src ${url} 'nonce-page'; connect-src ${url}; frame-src ${url};${more}
  require-trusted-types-for 'script'; trusted-types 'none'`.replace(/\s+/g, ' ');

/** Rules of a page that mean others, and that a widget without a root of its own would obey. */
const rude = `* { position: static !important; display: block !important; font: 3px serif !important; }
  body, body *, vox-widget { transform: rotate(9deg) !important; }
  button, iframe, dialog, svg, div { width: 7px !important; max-height: 9px !important; background: red !important;
  border: 9px solid lime !important; opacity: 0.1 !important; } body { filter: blur(1px); }`;

describe.skipIf(browser === undefined)('the button of the widget', () => {
  let journey: Journey;
  let page: Page;
  let call: FrameLocator;
  let warnings: string[];

  /** A page with the policies, the markup and the script of its query. */
  const shopPage = () =>
    express().get('/', ({ query }, response) => {
      const { headers = '{}', body = '', style = '' } = query as Record<string, string>;
      response
        .set(JSON.parse(headers))
        .type('html')
        .send(
          `<!doctype html><html lang="en"><title>Shop</title><style>${style}</style><body><main><h1>Shop</h1></main>
          <script nonce="page">window.told = [];
          for (const name of ['ready', 'session:start', 'session:end', 'error'])
            addEventListener('vox:' + name, ({ detail }) => window.told.push([name, detail]));</script>${body}</body></html>`,
        );
    });
  beforeAll(async () => {
    journey = await openJourney({
      limits: { openSessionsPerPerson: 100, openSessions: 100, sessionStartsPerMinute: 100 },
      draft: { ...demoDraft, bot: { mode: 'off', whenUnavailable: 'deny' } },
      page: shopPage,
    });
  });
  afterEach(() => page?.close());
  afterAll(() => journey?.close());

  const tag = (more = '') =>
    `<script src="${journey.url}/voice-widget.js" data-tenant-widget-key="${journey.widgetKey}" ${more}></script>`;
  const inline = (code: string) => `<script nonce="page" type="module">${code}</script>`;

  async function visit(query: Record<string, string>, options: object = {}): Promise<void> {
    page = await (browser as NonNullable<typeof browser>).newPage(options);
    warnings = [];
    page.on('console', (said) => said.type() === 'warning' && warnings.push(said.text()));
    await page.goto(`${journey.origin}/?${new URLSearchParams(query)}`);
    call = page.frameLocator('vox-widget iframe');
  }
  const policy = (text: string) => JSON.stringify({ 'Content-Security-Policy': text });
  const told = async (name: string) =>
    ((await page.evaluate('window.told')) as [string, Record<string, unknown>][])
      .filter(([each]) => each === name)
      .map(([, detail]) => detail);
  const eventually = (name: string) => expect.poll(() => told(name), { timeout: 20_000 });
  const button = () => page.getByRole('button', { name: 'Talk to Guide' });
  /** Runs code that knows the button as `element` and its `style`. */
  const ofButton = (code: string): Promise<unknown> =>
    page.evaluate(`(() => {
      const element = document.querySelector('vox-widget').shadowRoot.querySelector('button');
      const style = getComputedStyle(element);
      ${code}
    })()`);
  const frame = () => page.locator('vox-widget iframe');
  const startCall = async () => {
    await call.getByRole('button', { name: 'Start call' }).click();
    await eventually('session:start').toHaveLength(1);
  };
  const boxOf = async () => (await frame().boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };

  it('makes a call on a page with a strict policy and Trusted Types, hides it, and ends it with an event', async () => {
    await visit({ headers: policy(strict(journey.url)), body: tag() });
    // The second press of a double click opens and closes nothing.
    await button().dblclick();
    await startCall();
    expect(await button().getAttribute('aria-expanded')).toBe('true');
    await page.locator('h1').click();
    await page.keyboard.press('Escape');
    const back = page.getByRole('button', { name: 'Back to the call with Guide' });
    await back.waitFor();
    expect([await frame().isVisible(), await frame().count(), await told('session:end')]).toEqual([false, 1, []]);
    await back.click();
    await expect.poll(() => frame().isVisible()).toBe(true);
    await page.evaluate('voxWidget.close()');
    await eventually('session:end').toMatchObject([{ sessionId: expect.any(String), reason: 'client' }]);
    await expect.poll(() => frame().count(), { timeout: 5_000 }).toBe(0);
    await button().click();
    await call.getByRole('button', { name: 'Start call' }).click();
    await eventually('session:start').toHaveLength(2);
    await page.evaluate('voxWidget.destroy()');
    await eventually('session:end').toHaveLength(2);
    await expect.poll(() => page.locator('vox-widget').count(), { timeout: 5_000 }).toBe(0);
    expect(warnings).toEqual([]);
  }, 60_000);

  it('says that the page blocks its frame, to the developer in one line and to the visitor in words beside it', async () => {
    await visit({ headers: policy(strict(journey.url).replace(/frame-src [^;]*/, "frame-src 'none'")), body: tag() });
    await button().click();
    const message = 'Voice calls cannot be used on this page.';
    await eventually('error').toMatchObject([{ code: 'FRAME_BLOCKED', message }]);
    await page.getByRole('status').getByText(message).waitFor();
    expect(warnings).toEqual([expect.stringMatching(/^vox: FRAME_BLOCKED\..*frame-src/)]);
    expect([await frame().count(), await page.getByRole('button', { name: message }).count()]).toEqual([0, 1]);
  }, 60_000);

  it('is there in its language for a module and an import with a key in voxConfig, and says where there is none', async () => {
    const address = `${journey.url}/voice-widget.js`;
    const config = `window.voxConfig = { widgetKey: '${journey.widgetKey}', locale: 'de' };`;
    for (const body of [
      `<script>${config}</script><script type="module" src="${address}"></script>`,
      inline(`${config} await import('${address}');`),
      inline(`const { mountVoxWidget } = await import('${journey.url}/widget.mjs');
        mountVoxWidget({ widgetKey: '${journey.widgetKey}', base: '${journey.url}', locale: 'de-CH' });`),
    ]) {
      await visit({ body });
      await page.getByRole('button', { name: 'Mit Guide sprechen' }).click();
      await call.getByRole('button', { name: 'Anruf beginnen' }).waitFor();
      await page.close();
    }
    for (const [code, body] of [
      ['MODULE_WITHOUT_KEY', `<script type="module" src="${address}"></script>`],
      ['MODULE_WITHOUT_KEY', inline(`await import('${address}');`)],
      ['KEY_MISSING', `<script src="${address}"></script>`],
    ] as const) {
      await visit({ body });
      await eventually('error').toEqual([{ code, message: '', hint: expect.stringContaining('key') }]);
      expect(warnings).toEqual([expect.stringContaining(`vox: ${code}.`)]);
      expect(await page.locator('vox-widget').count()).toBe(0);
      await page.close();
    }
  }, 60_000);

  it('is one for two copies of its script, keeps its form under rude rules, and outlives what an application removes', async () => {
    const form = () =>
      ofButton(`const { width, height, opacity, backgroundColor, color, transform } = style;
        return { width, height, opacity, backgroundColor, color, transform, at: element.getBoundingClientRect().right };`);
    await visit({ body: tag() });
    await button().waitFor();
    const usual = await form();
    expect(usual).toMatchObject({ width: '60px', transform: 'none', opacity: '1' });
    await page.close();
    await visit({ body: tag() + tag(), style: rude });
    await button().waitFor();
    expect(await form()).toEqual(usual);
    expect(await page.locator('vox-widget').count()).toBe(1);
    expect(warnings).toEqual([expect.stringMatching(/^vox: TWO_COPIES\./)]);
    await button().click();
    await startCall();
    await page.evaluate('document.body.replaceChildren()');
    await page.evaluate(`document.body.replaceWith(document.createElement('body'))`);
    expect([await frame().isVisible(), await told('session:end')]).toEqual([true, []]);
    await page.evaluate('document.documentElement.replaceChildren(document.createElement("body"))');
    await eventually('session:end').toMatchObject([{ reason: 'client' }]);
    await button().click();
    await call.getByRole('button', { name: 'Start call' }).waitFor();
  }, 60_000);

  it('opens a call over all of a small screen, and has a border where the system sets the colours', async () => {
    await visit({ body: tag() }, { viewport: { width: 640, height: 320 } });
    await button().click();
    await call.getByRole('button', { name: 'Start call' }).waitFor();
    expect(await boxOf()).toEqual({ x: 0, y: 0, width: 640, height: 320 });
    const start = await call.getByRole('button', { name: 'Start call' }).boundingBox();
    expect((start?.y ?? 320) + (start?.height ?? 320)).toBeLessThanOrEqual(320);
    await page.setViewportSize({ width: 1_000, height: 700 });
    await expect.poll(async () => (await boxOf()).height).toBeLessThan(500);
    await page.setViewportSize({ width: 1_000, height: 540 });
    const { y, height } = await boxOf();
    expect([y >= 0, y + height <= 540, height >= 478]).toEqual([true, true, true]);
    await page.close();
    await visit({ body: tag() }, { forcedColors: 'active' });
    await button().waitFor();
    const border = await ofButton('return [style.borderTopWidth, style.borderTopColor]');
    expect(border).toEqual(['2px', expect.stringMatching(/^rgb\(/)]);
  }, 60_000);

  it('opens the frame again after a reload in a call, and keeps no more of it than that there was one', async () => {
    await visit({ body: tag() });
    await button().click();
    await startCall();
    expect(await page.evaluate('JSON.stringify(sessionStorage)')).toBe('{"vox:call":"on"}');
    await page.reload();
    await expect.poll(() => frame().isVisible(), { timeout: 10_000 }).toBe(true);
    await page.reload();
    await button().waitFor();
    expect([await frame().count(), await page.evaluate('sessionStorage.length')]).toEqual([0, 0]);
  }, 60_000);
});
