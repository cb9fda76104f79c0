import { demoDraft } from '@vox/local/demo-tenant';
import { chromiumBrowser } from '@vox/testing/browser';
import type { BrowserContext, Frame, FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from './axe.ts';
import { type Journey, openJourney } from './journey.ts';
import { shopPage } from './shop-page.ts';
import { letTalk } from './talk.ts';

const browser = await chromiumBrowser(process.env);
afterAll(() => browser?.close());

/** Notes in each document what its sound is set to, and sets it. */
const noteSound = `
  const media = HTMLMediaElement.prototype;
  const volume = Object.getOwnPropertyDescriptor(media, 'volume');
  Object.defineProperty(media, 'volume', { ...volume, set(to) { volume.set.call(this, to); window.volume = this.volume; } });
  const { setSinkId } = media;
  media.setSinkId = async function (to) { await setSinkId.call(this, to); window.speaker = this.sinkId; };`;
/** A picture of one red dot. */
const picture = Buffer.from('R0lGODlhAQABAIAAAP8AAAAAACwAAAAAAQABAAACAkQBADs=', 'base64');

describe.skipIf(browser === undefined)('the frame of a call', () => {
  let journey: Journey;
  let context: BrowserContext;
  let page: Page;
  let call: FrameLocator;
  let reports: string[];
  beforeAll(async () => {
    const consent = { disclosure: true, transcripts: true, version: '1', text: 'What you say is kept for a while.' };
    journey = await openJourney({
      limits: { openSessionsPerPerson: 100, openSessions: 100, sessionStartsPerMinute: 100 },
      draft: {
        ...demoDraft,
        calls: 'brokered',
        captions: true,
        consent,
        bot: { mode: 'off', whenUnavailable: 'deny' },
      },
      page: shopPage,
    });
    await letTalk(journey.fixture.providerUrl, { turnMs: 1_500 });
  });
  afterEach(() => context?.close());
  afterAll(() => journey?.close());

  async function open(config: object, width = 1_280) {
    context = await (browser as NonNullable<typeof browser>).newContext({ viewport: { width, height: 640 } });
    await context.addInitScript(noteSound);
    await context.route('https://pictures.example/**', (route) =>
      route.fulfill({ body: picture, contentType: 'image/gif' }),
    );
    page = await context.newPage();
    reports = [];
    page.on('console', (line) => /Content Security Policy/.test(line.text()) && reports.push(line.text()));
    await page.goto(`${journey.origin}/?${new URLSearchParams({ config: JSON.stringify(config) })}`);
    await page.locator('button').first().click();
    call = page.frameLocator('iframe');
    await call.locator('#start').waitFor();
  }
  async function start() {
    await call.locator('#agree').check();
    await call.locator('#start').click();
    await call.locator('#mute').waitFor({ timeout: 20_000 });
  }
  const frame = (): Frame => page.frames().find((each) => each.url().includes('/widget')) as Frame;

  it.each([
    ['in English', {}],
    ['in German, dark', { locale: 'de', theme: 'dark' }],
    ['in Arabic, with a yellow brand, on a small phone', { locale: 'ar', primaryColor: '#ffe600' }, 320],
  ])(
    'breaks no rule of access %s, before, in and after a call',
    async (_name, config, width?: number) => {
      await open(config, width);
      expect(await axeViolations(frame()), 'before').toEqual([]);
      await start();
      await call.locator('#captions p').first().waitFor({ timeout: 10_000 });
      await call.locator('#settings summary').click();
      expect(await axeViolations(frame()), 'in a call').toEqual([]);
      expect(await frame().evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await call.locator('#end').click();
      await call.locator('#start').waitFor();
      expect(await axeViolations(frame()), 'after').toEqual([]);
      expect(reports).toEqual([]);
    },
    60_000,
  );

  it('shows the picture of its page, and speaks as loud and where the visitor chooses', async () => {
    await open({ avatarUrl: 'https://pictures.example/guide.gif' });
    await expect.poll(() => frame().evaluate('document.getElementById("avatar").naturalWidth')).toBe(1);
    await start();
    await call.locator('#settings summary').click();
    await call.getByRole('slider', { name: 'Volume' }).fill('40');
    expect(await frame().evaluate('window.volume')).toBe(0.4);
    const speakers = call.getByRole('combobox', { name: 'Speaker' });
    await speakers.selectOption({ index: 1 });
    await expect.poll(() => frame().evaluate('window.speaker ?? ""')).toBe(await speakers.inputValue());
    expect(await speakers.inputValue()).not.toBe('');
    expect(reports).toEqual([]);
  }, 60_000);
});
