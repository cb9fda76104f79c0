import { RevokeWidgetKey, SetTenantStatus } from '@vox/contracts';
import { demoDraft } from '@vox/local/demo-tenant';
import { chromiumBrowser } from '@vox/testing/browser';
import type { BrowserContextOptions, FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, openJourney } from './journey.ts';
import { shopPage } from './shop-page.ts';
import { letTalk } from './talk.ts';

const browser = await chromiumBrowser(process.env);
afterAll(() => browser?.close());

describe.skipIf(browser === undefined)('the frame of a call', () => {
  let journey: Journey;
  let page: Page;
  let call: FrameLocator;
  beforeAll(async () => {
    journey = await openJourney({
      limits: { openSessionsPerPerson: 100, openSessions: 100, sessionStartsPerMinute: 100 },
      draft: { ...demoDraft, calls: 'brokered', captions: true, bot: { mode: 'off', whenUnavailable: 'deny' } },
      page: shopPage,
    });
    await letTalk(journey.fixture.providerUrl, { turnMs: 1_500 });
  });
  afterEach(() => page?.context().close());
  afterAll(() => journey?.close());

  async function open(config: object = {}, { policy, ...options }: BrowserContextOptions & { policy?: string } = {}) {
    const context = await (browser as NonNullable<typeof browser>).newContext(options);
    page = await context.newPage();
    const query = new URLSearchParams({ config: JSON.stringify(config), ...(policy && { policy }) });
    await page.goto(`${journey.origin}/?${query}`);
    await show();
  }
  async function show() {
    await page.locator('button').first().click();
    call = page.frameLocator('iframe');
    await call.locator('#start').waitFor();
  }
  async function start() {
    await call.locator('#start').click();
    await call.locator('#mute').waitFor({ timeout: 20_000 });
  }
  const inCall = <T>(code: string): Promise<T> => call.locator('body').evaluate(code);
  const events = () => page.evaluate('window.events') as Promise<[string, Record<string, unknown>][]>;
  const ends = () => journey.bus.published().filter(({ type }) => type === 'vox.session.ended.v1').length;
  const soon = { timeout: 10_000 };

  it('speaks the language of its page, with the page’s own words as text, whatever they are', async () => {
    const texts = { start: '<img src=x onerror="document.title=1">', ready: 'Willkommen', agreeFirst: 'never' };
    await open({ locale: 'de-AT', texts, theme: 'dark', avatarUrl: 'javascript:alert(1)' });
    await call.getByRole('button', { name: texts.start }).waitFor();
    await call.getByText('Willkommen').waitFor();
    expect(
      await inCall('[document.documentElement.lang, document.title, document.querySelectorAll("img").length]'),
    ).toEqual(['de', 'Sprachanruf', 1]);
    expect(await inCall('document.getElementById("avatar").hasAttribute("src")')).toBe(false);
    await page.context().close();
    await open({}, { locale: 'ar-EG' });
    await call.getByRole('button', { name: 'بدء المكالمة' }).waitFor();
    expect(await inCall('getComputedStyle(document.body).direction')).toBe('rtl');
  }, 60_000);

  it('takes typed words, moves with what is said, rests for who wants that, and lives on while it is hidden', async () => {
    await open();
    await start();
    await expect
      .poll(() => inCall('Number(document.getElementById("orb").style.getPropertyValue("--visitor"))'), soon)
      .toBeGreaterThan(0);
    await call.getByRole('textbox', { name: 'Type a message' }).fill('Do you have tea pots?');
    await page.keyboard.press('Enter');
    await call.locator('#captions p[data-role="user"]').getByText('Do you have tea pots?').waitFor(soon);
    expect(await call.locator('#typed').inputValue()).toBe('');
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await expect.poll(() => inCall('document.getElementById("orb").style.getPropertyValue("--visitor")')).toBe('');
    await call.getByText('Microphone and sound').click();
    const microphones = call.getByRole('combobox', { name: 'Microphone' });
    await expect.poll(() => microphones.locator('option').count()).toBeGreaterThan(2);
    await microphones.selectOption({ index: 1 });
    const chosen = await microphones.inputValue();
    await inCall(
      'void (navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("", "NotReadableError") })',
    );
    await microphones.selectOption({ index: 2 });
    await call.getByText('That device cannot be used. The one before stays.').waitFor();
    expect([chosen === '', await microphones.inputValue()]).toEqual([false, chosen]);
    const before = ends();
    await call.getByRole('button', { name: 'Minimise' }).click();
    await expect.poll(() => page.locator('iframe').isVisible()).toBe(false);
    await page.locator('button').first().click();
    await expect.poll(() => page.locator('iframe').isVisible()).toBe(true);
    expect(await call.locator('main').getAttribute('data-state')).toBe('live');
    expect(ends()).toBe(before);
    await page.evaluate('voxWidget.close()');
    await expect.poll(() => page.locator('iframe').count(), soon).toBe(0);
    expect((await events()).at(-1)).toMatchObject(['session:end', { reason: 'client' }]);
    await expect.poll(ends, soon).toBe(before + 1);
  }, 60_000);

  it('tells an end that happened offline once it is online, and says after a reload that the call ended', async () => {
    await open();
    await start();
    const before = ends();
    await page.context().setOffline(true);
    await call.getByRole('button', { name: 'End call' }).click();
    await call.getByText('The call has ended').waitFor();
    expect(ends()).toBe(before);
    await page.context().setOffline(false);
    await expect.poll(ends, soon).toBe(before + 1);
    await start();
    await page.reload();
    await expect.poll(ends, soon).toBe(before + 2);
    // The widget opens by itself where a call was.
    await call.getByText('Your last call ended when its page was left or loaded again.').waitFor();
  }, 60_000);

  it('says what stops the microphone, to the visitor in words and to the page by a code', async () => {
    await open({}, { policy: 'microphone=()' });
    await call.locator('#start').click();
    await call.getByText('Voice calls cannot be used on this page.').waitFor();
    expect((await events()).at(-1)).toMatchObject([
      'error',
      { code: 'MICROPHONE_POLICY', hint: expect.stringContaining('Permissions-Policy') },
    ]);
  }, 60_000);

  it('takes the start of a call away while its tenant is suspended, and gives it back', async () => {
    await open();
    await page.clock.install();
    await page.reload();
    await show();
    const tenant = (status: 'suspended' | 'active') =>
      journey.bus.ask(SetTenantStatus, { tenantId: 'demo', status, actor: 'test' });
    await tenant('suspended');
    await call.locator('#start').click();
    await call.getByText('switched off here for now').waitFor(soon);
    await expect.poll(() => call.locator('#start').isVisible()).toBe(false);
    await tenant('active');
    await page.clock.runFor(241_000);
    await call.locator('#start').waitFor(soon);
    expect(await call.locator('#notice').isVisible()).toBe(false);
  }, 60_000);

  it('takes the start of a call away once the key of its page is revoked', async () => {
    await open();
    await start();
    await journey.bus.ask(RevokeWidgetKey, { tenantId: 'demo', widgetKey: journey.widgetKey, actor: 'test' });
    await call.getByText('Voice calls were switched off on this page.').waitFor(soon);
    await expect.poll(() => call.locator('#start').isVisible(), soon).toBe(false);
    expect(await call.locator('main').getAttribute('data-state')).toBe('idle');
  }, 60_000);
});
