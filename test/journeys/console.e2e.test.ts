import { chromiumBrowser } from '@vox/testing/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answered, beMember, openWatchedPage } from './console/page.ts';
import { type Journey, openJourney } from './journey.ts';
import { invite, mailsTo, newMember } from './member.ts';
import { unnamed } from './unnamed.ts';

const browser = await chromiumBrowser(process.env);
const email = 'olivia@example.com';
const viewer = 'vic@example.com';
const hostile = '<img src=x onerror=alert(1)>';

const codeIn = (text = ''): string => /^\s*(\d{6})\s*$/m.exec(text)?.[1] ?? '';

describe.skipIf(browser === undefined)('in Chromium, the console', () => {
  let journey: Journey;
  let page: Page;
  let lateMs = 0;
  const wrong: string[] = [];
  const code = async (words: string, count = 1, to = email) =>
    codeIn((await mailsTo(journey, to, words, count)).at(-1)?.text);
  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const choose = (name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
  const inDialog = (name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true });

  const opened = () => openWatchedPage(browser as Browser, wrong);

  beforeAll(async () => {
    journey = await openJourney({ clock: { now: () => new Date(Date.now() + lateMs) } });
    page = await opened();
  });
  afterAll(async () => {
    await browser?.close();
    await journey?.close();
  });

  it('signs somebody in who was invited, by a code of the mail, with the keyboard alone', async () => {
    const { invitation } = await invite(journey, email, 'owner');
    await page.goto(`${journey.url}/console/keys`);
    await heading('Sign in').waitFor();
    await page.goto(`${journey.url}/console/sign-in?next=%2Fconsole%2Fkeys#invitation=${invitation}`);
    await page.getByText('You were invited.').waitFor();
    expect(page.url()).not.toContain(invitation);
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').getAttribute('name')).toBe('email');
    expect(await unnamed(page)).toEqual([]);
    await page.getByLabel('E-mail address').fill(email);
    await page.keyboard.press('Enter');
    await page.getByLabel('Code').fill(await code('to sign in'));
    await page.keyboard.press('Enter');
    await heading('Widget keys').waitFor();
    expect(await page.locator(':focus').textContent()).toBe('Widget keys');
  });

  it('makes a key, shows its snippet, and lists it', async () => {
    await button('Create a key').click();
    await page.getByLabel('Label').fill('Shop!');
    await page.getByLabel('Origins').fill('https://shop.example\nhttps://www.shop.example');
    await page.getByLabel('Reason').fill(hostile);
    await inDialog('Create a key').click();
    await page.getByRole('dialog').getByRole('alert').waitFor();
    expect(await page.getByLabel('Label').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Label').fill('shop');
    await page.keyboard.press('Enter');
    const snippet = page.locator('dialog pre');
    await snippet.filter({ hasText: 'w_demo_shop_' }).waitFor();
    expect(await snippet.textContent()).toContain(`src="${journey.url}/voice-widget.js"`);
    expect(await unnamed(page)).toEqual([]);
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: /^Copy/ }).click();
    await dialog
      .getByRole('status')
      .filter({ hasText: /^Copied|did not allow copying/ })
      .waitFor();
    await page.keyboard.press('Escape');
    const row = page.getByRole('row', { name: /w_demo_shop_/ });
    await row.waitFor();
    expect(await row.textContent()).toContain('https://www.shop.example');
  });

  it('makes an API key, and shows its secret once', async () => {
    await choose('API keys');
    await button('Create an API key').click();
    await page.getByLabel('Label').fill('billing server');
    await page.getByLabel('usage:read').check();
    await inDialog('Create an API key').click();
    await page
      .getByLabel('API key', { exact: true })
      .filter({ hasText: /^vk_production_/ })
      .waitFor();
    await inDialog('Done').click();
    await page.getByRole('row', { name: /billing server.*usage:read/ }).waitFor();
    expect(await page.content()).not.toContain('vk_production_');
    await choose('Widget keys');
  });

  it('wants a fresh code before it revokes the key, and the typed label', async () => {
    lateMs = 6 * 60_000;
    await page
      .getByRole('row', { name: /w_demo_shop_/ })
      .getByRole('button', { name: 'Revoke' })
      .click();
    const revoke = inDialog('Revoke');
    expect(await revoke.isDisabled()).toBe(true);
    await page.getByLabel('Type “shop” to confirm').fill('shop');
    await revoke.click();
    await button('Send me a code').click();
    await page.getByLabel('Code from the mail').fill(await code('to confirm'));
    await page.keyboard.press('Enter');
    await page
      .getByRole('row', { name: /w_demo_shop_/ })
      .getByText('revoked', { exact: true })
      .waitFor();
    expect(await page.locator('dialog').count()).toBe(0);
    expect(await page.getByRole('status').filter({ hasText: 'The key shop is revoked.' }).count()).toBe(1);
  });

  it('shows every screen of the menu, each with names for all that can be used, and no markup of others', async () => {
    const names = await page.getByRole('navigation').getByRole('link').allTextContents();
    expect(names.length).toBeGreaterThan(12);
    for (const name of names) {
      await choose(name);
      await heading(name).waitFor();
      await expect.poll(() => page.locator('main .loading').count()).toBe(0);
      await page.locator('main :is(table, .empty, .steps)').first().waitFor();
      expect([name, await page.getByRole('alert').allTextContents(), await unnamed(page)]).toEqual([name, [], []]);
      expect(await page.locator(':focus').textContent()).toBe(name);
      expect(await page.title()).toBe(`${name} · VOX`);
    }
    await choose('Audit log');
    await page.getByRole('cell', { name: hostile }).first().waitFor();
    await button('Verify the log').click();
    await page.getByText(/^The log is whole\./).waitFor();
    expect(await page.locator('img').count()).toBe(0);
  });

  it('shows a call on its timeline, and ends it', async () => {
    const headers = { origin: journey.origin, 'content-type': 'application/json' };
    const body = JSON.stringify({ widgetKey: journey.widgetKey });
    const { id } = (await (await fetch(`${journey.url}/api/session`, { method: 'POST', headers, body })).json()) as {
      id: string;
    };
    await choose('Calls');
    await page.getByRole('link', { name: id }).click();
    await page.getByRole('cell', { name: 'Granted' }).waitFor();
    await button('End').click();
    await inDialog('End').click();
    await expect
      .poll(async () => {
        await button('Refresh').click();
        return page.getByText('ended by hand').count();
      })
      .toBe(1);
    expect(await unnamed(page)).toEqual([]);
  });

  it('shows in its filters what the address looks for, and keeps the focus where somebody looks', async () => {
    await choose('Widget keys');
    const state = page.getByLabel('State', { exact: true });
    await state.selectOption('revoked');
    await button('Show').click();
    await page.waitForURL(/state=revoked/);
    expect(await page.locator(':focus').textContent()).toBe('Show');
    await choose('Widget keys');
    await expect.poll(() => state.inputValue()).toBe('');
    await page.goto(`${journey.url}/console/keys/?state=revoked`);
    await expect.poll(() => state.inputValue()).toBe('revoked');
  });

  it('says that there is no line, and goes on when there is one again', async () => {
    await page.context().setOffline(true);
    await choose('Limits');
    await page.getByRole('alert').filter({ hasText: 'The server cannot be reached.' }).waitFor();
    await page.context().setOffline(false);
    await button('Try again').click();
    await page.getByRole('table').first().waitFor();
  });

  it('speaks Spanish to whoever chooses it, and signs out', async () => {
    await page.getByLabel('Language').selectOption('es');
    await heading('Límites').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('es');
    await button('Salir').click();
    await heading('Entrar').waitFor();
    await page.goto(`${journey.url}/console/people`);
    await heading('Entrar').waitFor();
  });

  it('forgets in each tab whoever signed in before in another one, and whoever signed out there', async () => {
    const [ann, bob] = [
      await newMember(journey, 'ann@example.com', 'owner'),
      await newMember(journey, 'bob@example.com', 'viewer'),
    ];
    const one = await opened();
    const be = (member: typeof ann) => beMember(one, journey, member);
    await be(ann);
    await one.goto(`${journey.url}/console/calls`);
    await one.getByText('demo, Owner').waitFor();
    await one.getByRole('button', { name: 'End all calls' }).click();
    await one.getByLabel('Type “demo” to confirm').fill('demo');
    await be(bob);
    await one.getByRole('dialog').getByRole('button', { name: 'End all calls' }).click();
    await one.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();

    await be(ann);
    await one.goto(`${journey.url}/console/people`);
    await one.getByText('demo, Owner').waitFor();
    // What the screen still asks for would be refused, and lead to the sign-in by itself.
    await answered(one);
    await one.getByText('Live', { exact: true }).waitFor();
    await be(bob);
    const two = await one.context().newPage();
    await two.goto(`${journey.url}/console`);
    await one.getByText('demo, Viewer').waitFor();
    await one.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await two.getByRole('button', { name: 'Sign out' }).click();
    await one.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    expect(new URL(one.url()).search).toBe('');
    await one.context().close();
  });

  it('shows a viewer what a viewer may see and do, and asks for the passkey that was added', async () => {
    page = await opened();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    const held = { hasResidentKey: true, hasUserVerification: true, isUserVerified: true };
    const options = { protocol: 'ctap2', transport: 'internal', automaticPresenceSimulation: true, ...held } as const;
    await devtools.send('WebAuthn.addVirtualAuthenticator', { options });
    const { invitation } = await invite(journey, viewer, 'viewer');
    // A passkey belongs to a name, and an address is none.
    const url = journey.url.replace('127.0.0.1', 'localhost');
    const signIn = async (count: number) => {
      await page.getByLabel('E-mail address').fill(viewer);
      await page.keyboard.press('Enter');
      await page.getByLabel('Code').fill(await code('to sign in', count, viewer));
      await page.keyboard.press('Enter');
    };
    await page.goto(`${url}/console/sign-in?next=%2Fconsole%2Fpeople#invitation=${invitation}`);
    await signIn(1);
    await heading('Not for your role').waitFor();
    const names = await page.getByRole('navigation').getByRole('link').allTextContents();
    expect(names).toEqual([
      'Overview',
      'First call',
      'Calls',
      'Widget keys',
      'Agents and policy',
      'Limits',
      'Usage',
      'Your account',
    ]);
    await choose('Widget keys');
    await page.getByRole('row', { name: /w_demo_page_/ }).waitFor();
    expect(await page.getByRole('button', { name: /^(Create|Rotate|Revoke)/ }).count()).toBe(0);

    await choose('Your account');
    await button('Add a second factor').click();
    await page.getByLabel('Name of the factor').fill('blue key');
    await button('Add a passkey').click();
    expect((await page.getByLabel('Recovery codes', { exact: true }).textContent())?.trim().split('\n').length).toBe(
      10,
    );
    await button('I have kept them').click();
    await page.getByRole('row', { name: /blue key/ }).waitFor();
    await button('New recovery codes (left: 10)').click();
    await inDialog('Make new codes').click();
    await page.locator('dialog pre').waitFor();
    await button('I have kept them').click();
    await button('Sign out').click();
    await signIn(2);
    await heading('Second factor').waitFor();
    await button('Use a passkey').click();
    await heading('Overview').waitFor();
    expect(wrong).toEqual([]);
  });

  it('lets no script make markup of text, and what these tests look for would have been found', async () => {
    const tried = await page.locator('h1').evaluate((head, text) => {
      try {
        head.innerHTML = text;
        return 'done';
      } catch (error) {
        return (error as Error).name;
      }
    }, hostile);
    expect(tried).toBe('TypeError');
    await expect.poll(() => wrong).toEqual([expect.stringContaining('require-trusted-types-for')]);
    await page.getByLabel('Language').evaluate((field) => field.removeAttribute('aria-label'));
    expect(await unnamed(page)).toEqual([expect.stringContaining('<select')]);
  });
});
