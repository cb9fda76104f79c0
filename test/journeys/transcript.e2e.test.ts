import { setTimeout as pause } from 'node:timers/promises';
import {
  type Fact,
  OpenPrivacyRequest,
  ReadTranscript,
  SearchTranscripts,
  type SessionRequested,
  ShowPrivacyRequest,
} from '@vox/contracts';
import { demoPage } from '@vox/local/demo-page';
import { demoDraft, demoTenant } from '@vox/local/demo-tenant';
import { type Simulator, simulator } from '@vox/local/simulator';
import { type Listening, listen } from '@vox/platform/http';
import { withoutDrawn } from '@vox/testing';
import { chromiumBrowser } from '@vox/testing/browser';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Journey, openJourney } from './journey.ts';
import { letTalk } from './talk.ts';

const browser = await chromiumBrowser(process.env);
afterAll(() => browser?.close());
const append = '**/api/transcripts/append';
/** In a brokered call the server hears the words, and the page sends none. */
const draft = { ...demoDraft, calls: 'direct' } as const;
const script = {
  heard: ['Hello there', 'My card is 4111 1111 1111 1111', 'no: five five five five', '5555 5555', '5555 4444'],
  said: ['How can I help?', 'Thank you', 'Go on', 'And the rest?', 'Got it'],
};

describe.skipIf(browser === undefined)('a transcript from a browser, of a direct call', () => {
  const apiKey = 'sk-test';
  let journey: Journey;
  let bus: Journey['bus'];
  let provider: Simulator;
  let providerDoor: Listening;
  let page: Page;
  let widgetKey: string;
  const tune = (conversation: object): Promise<void> => letTalk(providerDoor.url, conversation);
  beforeEach(async () => {
    provider = simulator({ apiKey, now: () => new Date() });
    providerDoor = await listen(provider.app, { host: '127.0.0.1', port: 0, upgrade: provider.upgrade });
    await tune({ turnMs: 400, script });
    journey = await openJourney({
      draft,
      provider: { apiKey, baseUrl: providerDoor.url },
      page: (url) => demoPage(url, () => widgetKey),
    });
    ({ bus, widgetKey } = journey);
    page = await (browser as NonNullable<typeof browser>).newPage();
    await page.goto(journey.origin);
  });
  afterEach(async () => {
    await page.close();
    await journey.close();
    await provider.close();
    await providerDoor.close(0);
  });

  /** Begins a call, and waits until both sides have said so many messages. */
  async function callUntil(messages: number): Promise<void> {
    await page.evaluate(`window.said = 0; addEventListener('vox:message', () => (window.said += 1))`);
    await page.getByRole('button', { name: 'Talk to Guide' }).click();
    await page.frameLocator('iframe').getByRole('button', { name: 'Start call' }).click();
    await expect.poll(() => page.evaluate('window.said'), { timeout: 20_000 }).toBeGreaterThanOrEqual(messages);
  }
  const kept = async () => {
    const { transcripts } = await bus.ask(SearchTranscripts, { tenantId: 'demo' });
    const [header] = transcripts;
    if (header === undefined) return { texts: [], complete: false };
    const asked = { tenantId: 'demo', sessionId: header.sessionId, actor: 'operator:test', reason: 'a test' };
    const { messages } = await bus.ask(ReadTranscript, asked);
    return { texts: messages.map(({ role, text }) => `${role}: ${text}`), complete: header.complete };
  };
  const soon = { timeout: 20_000 };
  /** Neither in what was kept nor in any fact. */
  const expectNoCard = (texts: readonly string[]): void => {
    const digits = /4111|5555|five five/;
    expect(JSON.stringify(texts)).not.toMatch(digits);
    expect(withoutDrawn(JSON.stringify(bus.published()))).not.toMatch(digits);
  };

  it('keeps both sides in order, without a digit of the cards, over a lost connection', async () => {
    await page.route(append, (route) => route.abort());
    await callUntil(6);
    expect((await kept()).texts).toEqual([]);
    await page.unroute(append);
    await expect.poll(async () => (await kept()).texts.length, soon).toBeGreaterThanOrEqual(10);
    await page.frameLocator('iframe').getByRole('button', { name: 'End call' }).click();
    await expect.poll(async () => (await kept()).complete, soon).toBe(true);
    const { texts } = await kept();
    expect(texts.slice(0, 4)).toEqual([
      'user: Hello there',
      'assistant: How can I help?',
      'user: My card is [REDACTED:card]',
      'assistant: Thank you',
    ]);
    expectNoCard(texts);
    expect(bus.published().filter(({ type }) => type.startsWith('vox.privacy.source-slipped'))).toEqual([]);
  }, 60_000);

  it('is sent at once when the browser is online again', async () => {
    await page.addInitScript('Math.random = () => 0.999');
    await page.reload();
    await callUntil(2);
    await page.context().setOffline(true);
    const before = (await kept()).texts.length;
    // It tries again after 1, 2, 4 and 8 seconds. Now the pause of eight seconds is not over.
    await pause(10_000);
    const waiting = (await kept()).texts.length;
    expect(waiting).toBeLessThanOrEqual(before + 2);
    await page.context().setOffline(false);
    // By itself it would try again five seconds from now at the earliest.
    await expect.poll(async () => (await kept()).texts.length, { timeout: 4_000 }).toBeGreaterThan(waiting + 10);
  }, 60_000);

  it('begins with consent, stops with its withdrawal, and the visitor sees both and the erasure', async () => {
    const text = 'What you say is kept for a week.';
    const consent = { disclosure: true, transcripts: true, version: '1', text };
    widgetKey = await demoTenant(bus, journey.origin, { ...draft, consent });
    await page.reload();
    await page.evaluate(`window.said = 0; addEventListener('vox:message', () => (window.said += 1))`);
    const said = () => page.evaluate('window.said') as Promise<number>;
    await page.getByRole('button', { name: 'Talk to Guide' }).click();
    const frame = page.frameLocator('iframe');
    const sees = (words: RegExp) => frame.getByText(words).first().waitFor({ timeout: 20_000 });
    await sees(/talking to a machine/);
    await frame.getByRole('checkbox', { name: text }).check();
    await frame.getByRole('button', { name: 'Start call' }).click();
    await expect.poll(async () => (await kept()).texts.join(), soon).toContain('My card is [REDACTED:card]');

    const stop = frame.getByRole('button', { name: 'Stop keeping what I say' });
    await stop.click();
    await sees(/nothing of what is said is kept/);
    expect(await stop.isVisible()).toBe(false);
    const [atWithdrawal, saidBefore] = [(await kept()).texts, await said()];
    await expect.poll(said, soon).toBeGreaterThan(saidBefore + 4);
    await sees(/Listening|Speaking/);
    expect((await kept()).texts).toEqual(atWithdrawal);
    expectNoCard(atWithdrawal);

    const asked = bus.published().findLast(({ type }) => type === 'vox.session.requested.v1') as Fact<
      typeof SessionRequested
    >;
    const { identity } = asked.data;
    const visitorId = identity.kind === 'widget' ? identity.visitorId : '';
    const { privacyRequestId } = await bus.ask(OpenPrivacyRequest, {
      ...{ tenantId: 'demo', kind: 'erase', actor: 'operator:test', reason: 'the person asked' },
      identifiers: [{ kind: 'visitor', value: visitorId }],
    });
    const request = () => bus.ask(ShowPrivacyRequest, { tenantId: 'demo', privacyRequestId });
    await expect.poll(async () => (await request()).state, soon).toBe('done');
    await sees(/what is known of you here is being erased/);
    expect((await kept()).texts).toEqual([]);
    expect(JSON.stringify(bus.published())).not.toContain(visitorId);
    // An erased visitor cannot go on under the old token.
    await frame.getByRole('button', { name: 'Start call' }).click();
    await sees(/reload/i);
  }, 90_000);

  it('takes the provider’s events late, in pieces and by older names, and marks missing words', async () => {
    const manners = ['older', 'interrupted', 'truncated', 'failed', 'late', 'broken', 'empty', 'whole'];
    const words = (who: string) => manners.map((manner) => `${who} in a turn that is ${manner}`);
    await tune({ turnMs: 300, script: { heard: words('heard'), said: words('said'), manners } });
    await callUntil(14);
    await page.frameLocator('iframe').getByRole('button', { name: 'End call' }).click();
    await expect.poll(async () => (await kept()).complete, soon).toBe(true);
    const { texts } = await kept();
    for (const text of [
      'assistant: said in a turn that is older',
      'assistant: said in a turn that is ',
      'assistant: [interrupted: the rest was not heard]',
      'user: [not transcribed]',
      'user: heard in a turn that is late',
      'user: heard in a turn that is broken\ufffd',
      'assistant: said in a turn that is empty',
    ])
      expect(texts).toContain(text);
    expect(texts.filter((text) => /: *$/.test(text))).toEqual([]);
  }, 60_000);

  it('keeps words that were transcribed after the visitor hung up', async () => {
    await tune({ turnMs: 1_000, script: { heard: ['the last words'], said: ['Goodbye.'], manners: ['late'] } });
    await page.getByRole('button', { name: 'Talk to Guide' }).click();
    const frame = page.frameLocator('iframe');
    await frame.getByRole('button', { name: 'Start call' }).click();
    // The agent answers before the visitor’s words are transcribed.
    await page.evaluate(`new Promise((resolve) => addEventListener('vox:message', resolve, { once: true }))`);
    await frame.getByRole('button', { name: 'End call' }).click();
    await frame.getByText('The call has ended').waitFor({ timeout: 1_000 });
    await expect.poll(async () => (await kept()).complete, soon).toBe(true);
    expect((await kept()).texts.slice(0, 2)).toEqual(['user: the last words', 'assistant: Goodbye.']);
    expect(bus.published().findLast(({ type }) => type === 'vox.session.ended.v1')?.data).toMatchObject({
      reason: 'client',
    });
  }, 60_000);

  it('is sent when the page goes away', async () => {
    await page.route(append, (route) => (route.request().resourceType() === 'ping' ? route.continue() : route.abort()));
    await callUntil(4);
    expect((await kept()).texts).toEqual([]);
    await page.goto('about:blank');
    await expect.poll(async () => (await kept()).texts.length, soon).toBeGreaterThanOrEqual(4);
    expect((await kept()).texts[0]).toBe('user: Hello there');
    await expect
      .poll(() => bus.published().filter(({ type }) => type === 'vox.session.ended.v1').length, soon)
      .toBeGreaterThan(0);
  }, 60_000);
});
