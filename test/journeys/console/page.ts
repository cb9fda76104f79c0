import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Journey } from '../journey.ts';
import type { newMember } from '../member.ts';

type Member = Pick<Awaited<ReturnType<typeof newMember>>, 'browser'>;

/** Opens a page in a context of its own, and notes everything that a page of the console should not do. */
export async function openWatchedPage(browser: Browser, wrong: string[], options: object = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  const page = await context.newPage();
  await page.exposeFunction('reportViolation', (what: string) => wrong.push(what));
  const listening = `document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    reportViolation(violatedDirective + ' ' + blockedURI))`;
  await page.addInitScript({ content: listening });
  page.setDefaultTimeout(10_000);
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('dialog', (dialog) => wrong.push(dialog.message()));
  return page;
}

/** Lets a page be signed in as a member who is signed in already. */
export async function beMember(page: Page, { url }: Pick<Journey, 'url'>, { browser }: Member): Promise<void> {
  // A cookie of the host alone is taken for an address with https, and sent to this machine without.
  const secureUrl = url.replace('http:', 'https:');
  const cookies = [...browser.cookies].map(([name, value]) => ({ name, value, url: secureUrl, secure: true }));
  await page.context().addCookies(cookies);
}

/**
 * Waits until a page has been answered all that its screen asks for. What it hears of changes goes on. Each look comes
 * from outside of the page, whose policy lets no text become a script.
 */
export const answered = (page: Page): Promise<void> =>
  expect.poll(() => page.locator('.loading, [aria-busy=true]').count(), { timeout: 10_000 }).toBe(0);
