import { chromiumBrowser } from '@vox/testing/browser';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientId, clientSecret, realProvider } from '../../services/auth/src/single-sign-on/provider.fixture.ts';
import { axeViolations } from './axe.ts';
import { beMember, openWatchedPage } from './console/page.ts';
import { type Journey, openJourney } from './journey.ts';
import { codesTo, newMember } from './member.ts';
import { openReceiver } from './webhook-receiver.ts';

const browser = await chromiumBrowser(process.env);
const email = 'olivia@example.com';
const hostile = '<img src=x onerror=alert(1)>';

describe.skipIf(browser === undefined)('in Chromium, the console', () => {
  let journey: Journey;
  let receiver: Awaited<ReturnType<typeof openReceiver>>;
  let provider: Awaited<ReturnType<typeof realProvider>>;
  let page: Page;
  let lateMs = 0;
  const records = new Map<string, string[]>();
  const wrong: string[] = [];
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  const choose = (name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
  const dialog = () => page.getByRole('dialog');
  const inDialog = (name: string) => dialog().getByRole('button', { name, exact: true });
  const row = (name: RegExp) => page.getByRole('row', { name });

  beforeAll(async () => {
    if (browser === undefined) return;
    const resolveTxt = async (name: string) => records.get(name) ?? [];
    journey = await openJourney({ resolveTxt, clock: { now: () => new Date(Date.now() + lateMs) } });
    receiver = await openReceiver();
    provider = await realProvider(`${journey.url}/api/auth/sso/callback`);
    page = await openWatchedPage(browser, wrong);
    await beMember(page, journey, await newMember(journey, email, 'owner'));
  });
  afterAll(async () => {
    await browser?.close();
    await journey?.close();
    await provider?.close();
    receiver?.close();
  });

  /** A visitor's call that has ended. */
  async function callOver(): Promise<string> {
    const post = async (path: string, body: object, token?: string) => {
      const by = { origin: journey.origin, ...(token && { authorization: `Bearer ${token}` }) };
      const headers = { 'content-type': 'application/json', ...by };
      const answer = await fetch(journey.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
      return (await answer.json()) as { id: string; session_token: string };
    };
    const { id, session_token } = await post('/api/session', { widgetKey: journey.widgetKey });
    await post('/api/heartbeat', { sm_session_id: id }, session_token);
    const used = { responseId: 'r1', text_in: 0, text_out: 0, audio_in: 1_000, audio_out: 500 };
    await post('/api/usage/report', { sm_session_id: id, ...used }, session_token);
    await post('/api/session/end', { sm_session_id: id }, session_token);
    return id;
  }

  it('lists calls that are over with why they ended and what they cost, and leads from one to its timeline', async () => {
    const id = await callOver();
    await page.goto(`${journey.url}/console/calls`);
    await page.getByRole('link', { name: 'Past', exact: true }).click();
    await page.waitForURL(/state=ended/);
    await expect
      .poll(
        async () => {
          await button('Refresh').click();
          return row(new RegExp(`${id}.*the visitor ended it.*US\\$0.064.*guide`)).count();
        },
        { timeout: 8_000, interval: 250 },
      )
      .toBe(1);
    expect(await axeViolations(page)).toEqual([]);
    await page.getByLabel('Why it ended').selectOption('idle');
    await button('Show').first().click();
    await page.waitForURL(/state=ended&end=idle/);
    await page.getByText('No call that this selects is kept.').waitFor();
    await page.getByLabel('Why it ended').selectOption('client');
    await page.getByLabel('Agent').fill('guide');
    await button('Show').first().click();
    await page.getByRole('link', { name: id }).click();
    await page.getByRole('cell', { name: 'Ended', exact: true }).waitFor();
    await page.getByText('limit of the address, limit of the person, origin of the page').waitFor();
    await page.getByText('US$0.064').first().waitFor();
    expect(await axeViolations(page)).toEqual([]);
  });

  it('shows a call that begins without being asked again, and says when it is live no more', async () => {
    const mark = (text: RegExp) => page.getByRole('status').filter({ hasText: text });
    await page.goto(`${journey.url}/console/calls`);
    await mark(/^\s*Live\s*$/).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    const asked = { widgetKey: journey.widgetKey };
    const answer = await fetch(`${journey.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: journey.origin },
      body: JSON.stringify(asked),
    });
    const { id } = (await answer.json()) as { id: string };
    await page.getByRole('link', { name: id }).waitFor({ timeout: 20_000 });
    const other = await page.context().newPage();
    const streams: string[] = [];
    other.on('request', (request) => streams.push(new URL(request.url()).pathname));
    await other.goto(`${journey.url}/console/overview`);
    await other
      .getByRole('status')
      .filter({ hasText: /^\s*Live\s*$/ })
      .waitFor();
    await other.getByRole('table', { name: 'Calls granted and refused' }).getByRole('row', { name: /today/ }).waitFor();
    expect(streams).not.toContain('/api/v1/events');
    expect(await axeViolations(other)).toEqual([]);
    await page.context().setOffline(true);
    await mark(/^\s*Not live\s*$/).waitFor();
    await other
      .getByRole('status')
      .filter({ hasText: /^\s*Not live\s*$/ })
      .waitFor();
    await other.close();
    await page.context().setOffline(false);
    await mark(/^\s*Live\s*$/).waitFor();
    await page.getByRole('link', { name: id }).waitFor();
  });

  it('makes an endpoint for webhooks, shows its secret once, tests it and sends a message again', async () => {
    await choose('Webhooks');
    await page.getByText('There is no endpoint.').waitFor();
    await button('Create an endpoint').click();
    await page.getByLabel('Address').fill(receiver.url);
    await page.getByLabel('session.ended').check();
    await page.getByLabel('What it is for').fill(hostile);
    expect(await axeViolations(page, { within: 'dialog' })).toEqual([]);
    await inDialog('Create an endpoint').click();
    await page
      .getByLabel('Secret', { exact: true })
      .filter({ hasText: /^whsec_/ })
      .waitFor();
    await inDialog('Done').click();
    await row(/img src=x onerror.*session\.ended.*on/).waitFor();
    expect(await page.content()).not.toContain('whsec_');
    await page.getByRole('button', { name: /^Send a test/ }).click();
    await inDialog('Send a test').click();
    await page.waitForURL(/endpoint=we_/);
    await expect
      .poll(
        async () => {
          await button('Refresh').click();
          return row(/webhook\.ping.*delivered.*HTTP 204/).count();
        },
        { timeout: 8_000, interval: 250 },
      )
      .toBe(1);
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: /^Send again: webhook\.ping/ }).click();
    await inDialog('Send again').click();
    await page.getByRole('status').filter({ hasText: 'Messages that are sent again: 1.' }).waitFor();
    await expect.poll(() => receiver.heard.length, { timeout: 8_000 }).toBe(2);
  });

  it('gives the endpoint a new secret, turns it off, and removes it once its host is typed', async () => {
    await page.getByRole('button', { name: /^New secret/ }).click();
    await inDialog('New secret').click();
    await page
      .getByLabel('Secret', { exact: true })
      .filter({ hasText: /^whsec_/ })
      .waitFor();
    await inDialog('Done').click();
    await page.getByRole('button', { name: /^Turn off/ }).click();
    await inDialog('Turn off').click();
    await row(/turned off by hand/).waitFor();
    await page.getByRole('button', { name: /^Remove/ }).click();
    expect(await inDialog('Remove').isDisabled()).toBe(true);
    const { host } = new URL(receiver.url);
    await page.getByLabel(`Type “${host}” to confirm`).fill(host);
    await inDialog('Remove').click();
    await page.getByText('There is no endpoint.').waitFor();
    expect(new URL(page.url()).search).toBe('');
  });

  it('leads to single sign-on: a fresh code, the provider, the record to copy, and its proof', async () => {
    lateMs = 6 * 60_000;
    const codes = codesTo(journey, email);
    await codes.next();
    await choose('Single sign-on');
    await page.getByText('No provider is set.').waitFor();
    await page.getByText(`${journey.url}/api/auth/sso/callback`, { exact: true }).waitFor();
    await button('Set the provider').click();
    await page.getByLabel('Issuer').fill(provider.issuer);
    await page.getByLabel('Client id').fill(clientId);
    await page.getByLabel('Client secret').fill(clientSecret);
    await page.getByLabel('Mail domains').fill('acme.example');
    expect(await axeViolations(page, { within: 'dialog' })).toEqual([]);
    await inDialog('Ask the provider and save').click();
    await button('Send me a code').click();
    await page.getByLabel('Code from the mail').fill(await codes.next());
    await page.keyboard.press('Enter');
    await row(/acme\.example.*not proved yet/).waitFor();
    expect(await page.content()).not.toContain(clientSecret);
    expect(await axeViolations(page)).toEqual([]);
    const name = (await page.getByLabel('TXT record: name').last().textContent()) ?? '';
    const value = (await page.getByLabel('TXT record: value').last().textContent()) ?? '';
    await page.getByRole('button', { name: /^Look in DNS now/ }).click();
    await inDialog('Look in DNS now').click();
    await dialog().getByRole('alert').waitFor();
    records.set(name, [value]);
    await inDialog('Look in DNS now').click();
    await page.getByRole('status').filter({ hasText: 'The domain acme.example is proved.' }).waitFor();
    await button('Remove the provider').click();
    await page.getByLabel('Type “demo” to confirm').fill('demo');
    await inDialog('Remove the provider').click();
    await page.getByText('No provider is set.').waitFor();
    await heading('Single sign-on').waitFor();
    expect(wrong).toEqual([]);
  });
});
