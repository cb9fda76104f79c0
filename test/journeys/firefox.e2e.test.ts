import { demoPage } from '@vox/local/demo-page';
import { demoDraft } from '@vox/local/demo-tenant';
import { firefoxBrowser } from '@vox/testing/browser';
import express from 'express';
import type { Browser, Frame, Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, openJourney } from './journey.ts';

const browser = await firefoxBrowser(process.env);
afterAll(() => browser?.close());

describe.skipIf(browser === undefined)('a visitor in Firefox', () => {
  let journey: Journey;
  let page: Page;
  const strange = 'w_demo_page_0000000000000000';

  beforeAll(async () => {
    journey = await openJourney({
      draft: { ...demoDraft, bot: { mode: 'proof-of-work', whenUnavailable: 'deny' } },
      proofTries: 20,
      page: (vox, key) =>
        express()
          .use(
            '/refused',
            demoPage(vox, () => strange),
          )
          .use(demoPage(vox, key)),
    });
  });
  afterEach(() => page?.close());
  afterAll(() => journey?.close());

  const soon = { timeout: 20_000 };
  const launcher = (name: string) => page.locator(`>>> button[aria-label="${name}"]`);
  const facts = (type: string) => journey.bus.published().filter((fact) => fact.type === type);
  async function visit(path: string): Promise<void> {
    page = await (browser as Browser).newPage();
    page.setDefaultTimeout(soon.timeout);
    await page.goto(journey.origin + path);
  }
  const says = (frame: Frame, selector: string, text: RegExp) =>
    expect.poll(() => frame.$eval(selector, ({ textContent }) => textContent ?? ''), soon).toMatch(text);

  it('opens the call by the launcher, passes the bot check, reads what the agent says, and hangs up', async () => {
    await visit('/');
    await launcher('Talk to Guide').click();
    const call = await page.waitForFrame((frame) => frame.url().startsWith(`${journey.url}/widget?`));
    await call.locator('#start').click();
    await says(call, '#time', /\d:\d\d left/);
    await says(call, '#captions', /Yes, loud and clear\./);
    await call.locator('#end').click();
    await says(call, '#status', /The call has ended/);
    await expect.poll(() => facts('vox.session.ended.v1').at(-1)?.data, soon).toMatchObject({ reason: 'client' });
    expect(facts('vox.session.granted.v1')).toHaveLength(1);
  }, 60_000);

  it('reads in words why there is no call', async () => {
    await visit('/refused');
    const words = 'Voice calls are not set up on this page.';
    await launcher(words).click();
    const shown = await page.waitForSelector('>>> [role=status]');
    await expect.poll(() => shown?.evaluate(({ textContent }) => textContent), soon).toBe(words);
  }, 60_000);
});
