import { readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { demoDraft } from '@vox/local/demo-tenant';
import { examplePages } from '@vox/local/examples';
import { chromiumBrowser } from '@vox/testing/browser';
import express, { type RequestHandler } from 'express';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Project, projectWithWidget } from '../packed-widget.ts';
import { type Journey, openJourney } from './journey.ts';
import { type Outcome, policyPages, sitePages, siteTags, strictPolicy } from './site-pages.ts';

const browser = await chromiumBrowser(process.env);
afterAll(() => browser?.close());
const docs = readFileSync(fileURLToPath(new URL('../../docs/widget.md', import.meta.url)), 'utf8');

/** The strictest policies under which the examples are served. A page that frames nothing may isolate itself. */
const strictly =
  (vox: string): RequestHandler =>
  ({ path }, response, next) => {
    if (path.startsWith('/elsewhere')) return next();
    response.set('Content-Security-Policy', strictPolicy(vox));
    if (path.startsWith('/headless/'))
      response.set({
        'Content-Security-Policy': strictPolicy(vox)
          .replace(` ${vox};`, ';')
          .replace(/frame-src \S+;/, ''),
        'Cross-Origin-Embedder-Policy': 'require-corp',
        'Permissions-Policy': 'microphone=(self)',
      });
    next();
  };

describe.skipIf(browser === undefined)('the widget on a site', () => {
  let project: Project;
  let journey: Journey;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    project = await projectWithWidget();
    // The examples stand in the project of a tenant, which has the widget as it is published.
    const folder = join(project.folder, 'examples');
    await cp(join(project.folder, 'node_modules/@vox/widget/examples'), folder, { recursive: true });
    journey = await openJourney({
      limits: { openSessionsPerPerson: 100, openSessions: 100, sessionStartsPerMinute: 100 },
      draft: { ...demoDraft, bot: { mode: 'proof-of-work', whenUnavailable: 'deny' } },
      proofTries: 20,
      page: (vox, key) =>
        express()
          .use(sitePages(vox, key))
          .use(strictly(vox))
          .get('/elsewhere', (_request, response) => {
            // A page of another site frames the example: `localhost` is none of the key's.
            const inner = `http://127.0.0.1:${response.socket?.localPort}/headless/`;
            response.type('html').send(`<iframe src="${inner}" allow="microphone" width="900" height="600"></iframe>`);
          })
          .use(examplePages({ base: vox, widgetKey: key, folder })),
    });
  });
  beforeAll(async () => {
    context = await (browser as Browser).newContext();
    await context.addInitScript(`window.violations = []; document.addEventListener('securitypolicyviolation',
      ({ effectiveDirective }) => window.violations.push(effectiveDirective));`);
  });
  beforeEach(async () => {
    page = await context.newPage();
  });
  afterEach(() => page.close());
  afterAll(async () => {
    await context?.close();
    await journey?.close();
    await project?.close();
  });

  const visit = (path: string) => page.goto(journey.origin + path);
  const launchers = (within: Page | Frame = page) => within.getByRole('button', { name: 'Talk to Guide' });
  const call = (tab = page) => tab.frames().find((frame) => frame.url().startsWith(`${journey.url}/widget?`));
  const soon = { timeout: 25_000 };
  const violations = (tab = page) => tab.evaluate('window.violations');
  const facts = (type: string) => journey.bus.published().filter((fact) => fact.type === type);
  const codes = async (within: Page | Frame) =>
    ((await within.evaluate('window.events')) as [string, { code: string }][]).flatMap(([name, { code }]) =>
      name === 'error' ? [code] : [],
    );

  /** Opens the call by the launcher, and waits until it can be started. */
  async function open(within: Page | Frame = page, tab = page): Promise<Frame> {
    await launchers(within).click(soon);
    await expect.poll(() => call(tab)?.getByRole('button', { name: 'Start call' }).isVisible(), soon).toBe(true);
    return call(tab) as Frame;
  }

  /** What a visitor of a page must come to, for each outcome. */
  async function expectOutcome(outcome: Outcome, within: Page | Frame, tab: Page): Promise<void> {
    if (outcome === 'not loaded') {
      await expect.poll(() => violations(tab), soon).toContain('script-src-elem');
      return expect(await within.evaluate('typeof window.voxWidget')).toBe('undefined');
    }
    const [, code] = outcome.split(' ');
    if (outcome === 'frame') return void (await open(within, tab));
    if (code === 'FRAME_BLOCKED') await launchers(within).click(soon);
    if (code === 'MICROPHONE_POLICY' || outcome === 'call') {
      const opened = await open(within, tab);
      await opened.getByRole('button', { name: 'Start call' }).click();
      if (outcome === 'call') return opened.getByText(/\d:\d\d left/).waitFor(soon);
    }
    await expect.poll(() => codes(within), soon).toContain(code);
  }

  it('keeps what docs/widget.md says of each policy of a page, and of no other', async () => {
    const table = docs.slice(docs.indexOf('| policy '));
    const first = [...table.matchAll(/^\| ((?:`[^`]+`(?:, )?)+) +\|/gm)].map(([, cell = '']) => cell);
    const named = first.flatMap((cell) => cell.split(', ')).map((each) => each.replaceAll('`', ''));
    expect([...new Set(policyPages.flatMap(({ rows }) => rows))].sort()).toEqual(named.sort());
    for (const [at, { frame, outcome }] of policyPages.entries()) {
      // A tab of its own: one remembers the call that it was in.
      const tab = await context.newPage();
      await tab.goto(`${journey.origin}/policy/${at}`);
      const inner = () => tab.frames().find((each) => each.url().endsWith('/inner'));
      if (frame !== undefined) await expect.poll(() => inner()?.url(), soon).toBeDefined();
      await expectOutcome(outcome, frame === undefined ? tab : (inner() as Frame), tab);
      if (outcome === 'call') expect(await violations(tab)).toEqual([]);
      await tab.close();
    }
  }, 60_000);

  it('has one launcher of its own shape, whatever content systems, themes and optimisers make of its tag', async () => {
    await Promise.all(
      Object.keys(siteTags).map(async (name, at) => {
        const tab = await context.newPage();
        await tab.goto(`${journey.origin}/site/${at}`);
        await launchers(tab).waitFor(soon);
        // Scripts that come again or late are there by then.
        await tab.waitForFunction('window.isDone');
        expect(await launchers(tab).count(), name).toBe(1);
        const { width = 0, height = 0, x = 0, y = 0 } = (await launchers(tab).boundingBox()) ?? {};
        expect([width, height], name).toEqual([60, 60]);
        const { width: right = 0, height: bottom = 0 } = tab.viewportSize() ?? {};
        expect([right - x - width, bottom - y - height], name).toEqual([20, 20]);
        await tab.close();
      }),
    );
  }, 60_000);

  it('opens the call by one tag and by an ES module of the published package, under the strictest policy', async () => {
    for (const example of ['script-tag', 'module']) {
      await visit(`/${example}/`);
      await open();
      expect(await violations()).toEqual([]);
    }
  }, 30_000);

  it('is one widget in React’s strict mode, asks VOX once, and comes and goes with the pages of one document', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await visit('/react/');
    await launchers().waitFor(soon);
    expect(await launchers().count()).toBe(1);
    expect(asked.filter((path) => path.endsWith('/bootstrap'))).toHaveLength(1);
    for (const [to, count] of [
      ['Contact', 1],
      ['nothing', 0],
      ['Help', 1],
    ] as const) {
      await page.getByRole('button', { name: `Go to ${to}` }).click();
      await expect.poll(() => launchers().count(), soon).toBe(count);
    }
    await page.getByRole('button', { name: 'Go to Contact' }).click();
    await page.getByRole('button', { name: 'Talk to us' }).click(soon);
    await expect.poll(() => call()?.getByRole('button', { name: 'Start call' }).isVisible(), soon).toBe(true);
    await page.getByRole('button', { name: 'Go to nothing' }).click();
    await expect.poll(() => call(), soon).toBeUndefined();
    // What renders again with the same config mounts nothing again.
    expect(asked.filter((path) => path.endsWith('/bootstrap'))).toHaveLength(4);
    await page.getByRole('button', { name: 'Go to Contact' }).click();
    await page.getByRole('button', { name: 'Deutsch' }).click();
    await page.getByRole('button', { name: 'Mit Guide sprechen' }).waitFor(soon);
    expect(await launchers().count()).toBe(0);
  }, 30_000);

  it('is a call in a page of one’s own, also in a frame of another site, with proof, captions, and an end', async () => {
    await page.goto(`${journey.origin.replace('127.0.0.1', 'localhost')}/elsewhere`);
    const own = () => page.frames().find((frame) => frame.url().endsWith('/headless/')) as Frame;
    await expect.poll(own, soon).toBeDefined();
    const before = facts('vox.session.ended.v1').length;
    await own().getByText('talking to a machine').waitFor(soon);
    await own().getByRole('button', { name: 'Start' }).click();
    await own().getByText('Agent: Yes, loud and clear.').first().waitFor(soon);
    await own().getByText('You: Hello, can you hear me?').first().waitFor(soon);
    await own().getByRole('button', { name: 'End' }).click();
    await expect.poll(() => facts('vox.session.ended.v1').length, soon).toBe(before + 1);
    expect(facts('vox.session.ended.v1').at(-1)?.data).toMatchObject({ reason: 'client', mode: 'brokered' });
    await own().getByText('The call has ended.').waitFor(soon);
    expect(await own().evaluate('window.violations')).toEqual([]);
  }, 30_000);

  it('ends the call of a page that goes away', async () => {
    await visit('/headless/');
    const before = facts('vox.session.ended.v1').length;
    await page.getByRole('button', { name: 'Start' }).click(soon);
    await page.getByText(/Listening|Speaking|Thinking/).waitFor(soon);
    await page.goto('about:blank');
    await expect.poll(() => facts('vox.session.ended.v1').length, soon).toBe(before + 1);
    expect(facts('vox.session.ended.v1').at(-1)?.data).toMatchObject({ reason: 'client' });
  }, 30_000);
});
