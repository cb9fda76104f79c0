import { chromiumBrowser } from '@vox/testing/browser';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, openJourney } from './journey.ts';
import { invite, mailsTo } from './member.ts';

const browser = await chromiumBrowser(process.env);
const email = 'olivia@example.com';
const hostile = '<img src=x onerror=alert(1)>';

const codeIn = (text = ''): string => /^\s*(\d{6})\s*$/m.exec(text)?.[1] ?? '';

/** What of the page has no name for who does not see it, and what else a screen must have. */
const unnamed = (page: Page) =>
  page.locator('body').evaluate((body) => {
    const nameOf = (element: Element): string => {
      const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
      const selected = element instanceof HTMLSelectElement ? [...element.labels] : [];
      const area = element instanceof HTMLTextAreaElement ? [...element.labels] : [];
      const text = element.matches('input,select,textarea') ? '' : (element.textContent ?? '');
      const written = [...labels, ...selected, ...area].map((label) => label.textContent).join('');
      return (element.getAttribute('aria-label') ?? written + text).trim();
    };
    const wrong = [...body.querySelectorAll('button,a,input,select,textarea,meter,[role=region]')]
      .filter((element) => nameOf(element) === '')
      .map((element) => element.outerHTML);
    const ids = [...body.querySelectorAll('[id]')].map(({ id }) => id);
    return [
      ...wrong,
      ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `twice: ${id}`),
      ...(body.querySelectorAll('h1').length === 1 ? [] : ['not one h1']),
      ...(body.querySelectorAll('main').length === 1 ? [] : ['not one main']),
      ...[...body.querySelectorAll('table')]
        .filter((table) => table.caption === null)
        .map(() => 'table without a caption'),
      ...[...body.querySelectorAll('[aria-labelledby],[aria-describedby]')]
        .flatMap((element) => [element.getAttribute('aria-labelledby'), element.getAttribute('aria-describedby')])
        .flatMap((named) => named?.split(' ') ?? [])
        .filter((id) => document.getElementById(id) === null),
    ];
  });

describe.skipIf(browser === undefined)('in Chromium, the console', () => {
  let journey: Journey;
  let page: Page;
  let lateMs = 0;
  const wrong: string[] = [];
  const code = async (words: string) => codeIn((await mailsTo(journey, email, words)).at(-1)?.text);
  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  const button = (name: string) => page.getByRole('button', { name, exact: true });

  beforeAll(async () => {
    journey = await openJourney({ clock: { now: () => new Date(Date.now() + lateMs) } });
    const context = await browser?.newContext({ locale: 'en-GB' });
    await context?.exposeFunction('reportViolation', (what: string) => wrong.push(what));
    await context?.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
        (globalThis as unknown as { reportViolation: (what: string) => void }).reportViolation(
          `${violatedDirective} ${blockedURI}`,
        );
      });
    });
    const opened = await context?.newPage();
    if (opened === undefined) throw new Error('no page');
    page = opened;
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => wrong.push(String(error)));
    page.on('dialog', (dialog) => wrong.push(dialog.message()));
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
    await page.getByRole('dialog').getByRole('button', { name: 'Create a key' }).click();
    await page.getByRole('dialog').getByRole('alert').waitFor();
    expect(await page.getByLabel('Label').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Label').fill('shop');
    await page.keyboard.press('Enter');
    const snippet = page.locator('dialog pre');
    await snippet.filter({ hasText: 'w_demo_shop_' }).waitFor();
    expect(await snippet.textContent()).toContain(`src="${journey.url}/voice-widget.js"`);
    expect(await unnamed(page)).toEqual([]);
    await page.keyboard.press('Escape');
    const row = page.getByRole('row', { name: /w_demo_shop_/ });
    await row.waitFor();
    expect(await row.textContent()).toContain('https://www.shop.example');
  });

  it('wants a fresh code before it revokes the key, and the typed label', async () => {
    lateMs = 6 * 60_000;
    await page
      .getByRole('row', { name: /w_demo_shop_/ })
      .getByRole('button', { name: 'Revoke' })
      .click();
    const revoke = page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true });
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
    expect(names.length).toBe(9);
    for (const name of names) {
      await page.getByRole('link', { name, exact: true }).click();
      await heading(name).waitFor();
      await page.locator('main .loading').waitFor({ state: 'detached' });
      await page.locator('main :is(table, .empty)').first().waitFor();
      expect([name, await page.getByRole('alert').allTextContents(), await unnamed(page)]).toEqual([name, [], []]);
      expect(await page.locator(':focus').textContent()).toBe(name);
      expect(await page.title()).toBe(`${name} · VOX`);
    }
    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.getByRole('cell', { name: hostile }).first().waitFor();
    await button('Verify the log').click();
    await page.getByText(/^The log is whole\./).waitFor();
    expect(await page.locator('img').count()).toBe(0);
  });

  it('speaks Spanish to whoever chooses it, and signs out', async () => {
    await page.getByLabel('Language').selectOption('es');
    await heading('Registro de auditoría').waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('es');
    await button('Salir').click();
    await heading('Entrar').waitFor();
    await page.goto(`${journey.url}/console/people`);
    await heading('Entrar').waitFor();
    expect(wrong).toEqual([]);
  });
});
