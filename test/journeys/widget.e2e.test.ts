import { RevokeWidgetKey, SetTenantStatus } from '@vox/contracts';
import { demoPage } from '@vox/local/demo-page';
import { demoDraft } from '@vox/local/demo-tenant';
import { type Simulator, simulator } from '@vox/local/simulator';
import { type Listening, listen } from '@vox/platform/http';
import { settled } from '@vox/testing';
import { chromiumBrowser } from '@vox/testing/browser';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Journey, openJourney } from './journey.ts';

const browser = await chromiumBrowser(process.env);
afterAll(() => browser?.close());

describe.skipIf(browser === undefined)('a visitor in a browser, with direct calls', () => {
  const apiKey = 'sk-test';
  let provider: Simulator;
  let providerDoor: Listening;
  let journey: Journey;
  let bus: Journey['bus'];
  let widgetKey: string;
  let page: Page;
  let call: FrameLocator;
  const errors: string[] = [];

  beforeEach(async () => {
    provider = simulator({ apiKey, now: () => new Date(), turnMs: 300 });
    providerDoor = await listen(provider.app, { host: '127.0.0.1', port: 0, upgrade: provider.upgrade });
  });
  afterEach(async () => {
    await page?.close();
    await journey?.close();
    await provider.close();
    await providerDoor.close(0);
    errors.length = 0;
  });

  async function open(
    limits: object = {},
    bot: 'off' | 'proof-of-work' = 'proof-of-work',
    consent = {},
  ): Promise<void> {
    journey = await openJourney({
      limits: { openSessionsPerPerson: 1, ...limits },
      draft: { ...demoDraft, calls: 'direct', consent, bot: { mode: bot, whenUnavailable: 'deny' } },
      proofTries: 20,
      provider: { apiKey, baseUrl: providerDoor.url },
      page: demoPage,
    });
    ({ bus, widgetKey } = journey);
    page = await (browser as NonNullable<typeof browser>).newPage();
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await page.goto(journey.origin);
    await page.getByRole('button', { name: 'Talk to Guide' }).click();
    call = page.frameLocator('iframe');
    await call.getByRole('button', { name: 'Start call' }).waitFor();
  }
  const start = () => call.getByRole('button', { name: 'Start call' }).click();
  const says = (text: RegExp) => call.getByText(text).first().waitFor({ timeout: 20_000 });
  const facts = (type: string) => bus.published().filter((fact) => fact.type === type);

  it('learns that a machine speaks, calls, types beside speaking, sees the time left, and hangs up', async () => {
    await open();
    await says(/talking to a machine/);
    const seen = page.evaluate(
      `new Promise((resolve) => addEventListener('vox:message', ({ detail }) => resolve(detail), { once: true }))`,
    );
    await start();
    await says(/Listening|Speaking/);
    await says(/\d+:\d\d left/);
    expect(await seen).toMatchObject({ role: 'user', text: expect.any(String) });
    await expect.poll(() => facts('vox.usage.reported.v1').length, { timeout: 10_000 }).toBeGreaterThan(0);
    const typed = 'Do you have tea pots?';
    const heard = page.evaluate(
      `new Promise((resolve) => addEventListener('vox:message', ({ detail }) => detail.text === '${typed}' && resolve(detail)))`,
    );
    await call.getByRole('textbox', { name: 'Type a message' }).fill(typed);
    await page.keyboard.press('Enter');
    expect(await heard).toMatchObject({ role: 'user' });
    await call.getByRole('button', { name: 'Mute' }).click();
    await says(/You are muted/);
    await call.getByRole('button', { name: 'End call' }).click();
    await says(/The call has ended/);
    await settled(bus);
    expect(facts('vox.session.ended.v1').at(-1)?.data).toMatchObject({ reason: 'client' });
    expect(facts('vox.quota.settled.v1').length).toBeGreaterThan(0);
    await expect.poll(() => JSON.stringify(facts('vox.transcript.appended.v1')), { timeout: 5_000 }).toContain(typed);
    expect(errors).toEqual([]);
  }, 60_000);
  it('is asked for consent, calls after agreeing, and withdraws it during the call', async () => {
    const text = 'What you say is kept for a week.';
    await open({}, 'off', { disclosure: true, transcripts: true, version: '3', text });
    const box = call.getByRole('checkbox', { name: text });
    await start();
    await says(/Please agree before the call/);
    expect(await box.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    expect(facts('vox.session.requested.v1').filter(({ data }) => JSON.stringify(data).includes(widgetKey))).toEqual(
      [],
    );
    await box.check();
    await start();
    await says(/Listening|Speaking/);
    const answers = () =>
      facts('vox.privacy.consent-recorded.v1').map(({ data }) => data as { purpose: string; given: boolean });
    await expect.poll(() => answers().map(({ purpose }) => purpose)).toEqual(['ai-disclosure', 'transcripts']);
    await call.getByRole('button', { name: 'Stop keeping what I say' }).click();
    await says(/nothing of what is said is kept/);
    expect(answers().at(-1)).toMatchObject({ purpose: 'transcripts', given: false });
    await call.getByRole('button', { name: 'End call' }).click();
    await says(/The call has ended/);
  }, 60_000);
  it('sees that the call ended because its time was over', async () => {
    await open({ sessionSeconds: 4 });
    await start();
    await says(/Less than a minute/);
    await says(/reached its longest time/);
    expect(facts('vox.session.ended.v1').at(-1)?.data).toMatchObject({ reason: 'max_duration' });
  }, 60_000);
  it('reads in words why a call is refused', async () => {
    await open({ openSessionsPerPerson: 0 });
    await start();
    await says(/All lines are busy/);
    await bus.ask(SetTenantStatus, { tenantId: 'demo', status: 'suspended', actor: 'test' });
    await start();
    await says(/switched off here for now/);
  }, 60_000);
  it('reads that the provider failed, and can call again', async () => {
    await open();
    const arm = { fault: { kind: 'status', status: 500 }, times: 1 };
    const body = JSON.stringify(arm);
    const headers = { 'content-type': 'application/json' };
    await fetch(`${providerDoor.url}/simulator/faults`, { method: 'POST', headers, body });
    await start();
    await says(/voice service does not answer/);
    await start();
    await says(/Listening|Speaking/);
  }, 60_000);
  it('loses the call when the key is revoked, and the button then says so', async () => {
    await open();
    await start();
    await says(/left/);
    await bus.ask(RevokeWidgetKey, { tenantId: 'demo', widgetKey, actor: 'test' });
    await expect
      .poll(() => facts('vox.session.ended.v1').at(-1)?.data, { timeout: 10_000 })
      .toMatchObject({ reason: 'key_revoked' });
    await page.reload();
    await page.getByRole('button', { name: /not set up on this page/ }).waitFor();
  }, 60_000);
  it('reads that the provider ended the call, and that VOX cannot be reached', async () => {
    await open();
    await start();
    await says(/left/);
    await fetch(`${providerDoor.url}/simulator/calls`, { method: 'DELETE' });
    await says(/voice service ended the call/);
    await journey.fixture.stop();
    await start();
    await says(/cannot be reached/);
  }, 60_000);
  it('can call through an older embed script', async () => {
    await open();
    await page.evaluate(`(async () => {
      voxWidget.destroy();
      const base = ${JSON.stringify(journey.url)};
      const answer = await (await fetch(base + '/api/public/widget/bootstrap?key=${widgetKey}', { credentials: 'omit' })).json();
      if (!answer.ok) throw new Error(answer.error);
      window.sized = []; window.closings = 0;
      addEventListener('message', ({ data }) => {
        if (data.type === 'sm-voice-widget-resize') window.sized.push([data.width, data.height]);
        if (data.type === 'sm-voice-widget-close') window.closings += 1;
      });
      const frame = document.createElement('iframe');
      frame.allow = 'microphone';
      frame.src = base + '/widget?token=' + encodeURIComponent(answer.widgetSessionToken) + '&tenantId=' + answer.tenantId;
      document.body.append(frame);
    })()`);
    await call.getByRole('button', { name: 'Start call' }).waitFor();
    await start();
    await says(/Listening|Speaking/);
    expect(await page.evaluate('window.sized')).toEqual([[360, 480]]);
    await call.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => page.evaluate('window.closings')).toBe(1);
  }, 60_000);
  it('can use the keyboard: focus goes into the call, and Escape hides it, restores the focus and ends nothing', async () => {
    await open();
    await call.getByRole('button', { name: 'Start call' }).focus();
    await page.keyboard.press('Enter');
    await says(/Listening|Speaking/);
    await expect.poll(() => call.locator('#mute:focus').count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Back to the call with Guide' }).waitFor();
    expect(await page.locator('iframe').isVisible()).toBe(false);
    const focused = `document.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-label')`;
    expect(await page.evaluate(focused)).toBe('Back to the call with Guide');
    await page.keyboard.press('Enter');
    await call.locator('#mute:focus').waitFor();
    expect(facts('vox.session.ended.v1')).toEqual([]);
    await call.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => page.locator('iframe').count(), { timeout: 5_000 }).toBe(0);
    expect(await page.evaluate(focused)).toBe('Talk to Guide');
    await expect.poll(() => facts('vox.session.ended.v1').at(-1)?.data).toMatchObject({ reason: 'client' });
  }, 60_000);
});
