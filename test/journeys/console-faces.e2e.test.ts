import { SessionEnded } from '@vox/contracts';
import { settled } from '@vox/testing';
import { chromiumBrowser } from '@vox/testing/browser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from './axe.ts';
import { beMember, openWatchedPage } from './console/page.ts';
import { type Journey, openJourney } from './journey.ts';
import { newMember } from './member.ts';

const browser = await chromiumBrowser(process.env);

/** Code that answers what sticks out of the page sideways, and what scrolls by itself holds nothing that does. */
const stickingOut = `(() => {
  const most = document.documentElement.clientWidth;
  const scrolls = (element) => element.closest('.wide, pre, [role=listbox]') !== null;
  const out = [...document.body.querySelectorAll('*')].filter(
    (element) => !scrolls(element) && element.checkVisibility() && element.getBoundingClientRect().right > most + 1);
  return document.documentElement.scrollWidth > most ? [document.documentElement.scrollWidth + ' of ' + most,
    ...out.map((element) => element.outerHTML.slice(0, 120))] : [];
})()`;

describe.skipIf(browser === undefined)('in Chromium, the faces of the console', () => {
  let journey: Journey;
  let page: Page;
  let sessionId = '';
  let privacyRequestId = '';
  const wrong: string[] = [];
  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });

  beforeAll(async () => {
    journey = await openJourney();
    const owner = await newMember(journey, 'olivia@example.com', 'owner');
    const headers = { origin: journey.origin, 'content-type': 'application/json' };
    const asked = { method: 'POST', headers, body: JSON.stringify({ widgetKey: journey.widgetKey }) };
    sessionId = ((await (await fetch(`${journey.url}/api/session`, asked)).json()) as { id: string }).id;
    const made = async (path: string, body: object) => {
      const { status, body: answer } = await owner.browser.post(`/api/v1${path}`, { reason: 'a test', ...body });
      expect([path, status, answer]).toEqual([path, expect.toBeOneOf([200, 201]), expect.anything()]);
      return answer as Record<string, unknown>;
    };
    const identifiers = [{ kind: 'email', value: 'vera@example.com' }];
    privacyRequestId = String((await made('/privacy-requests', { kind: 'export', identifiers })).privacyRequestId);
    await made('/legal-holds', { scope: { kind: 'tenant' } });
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await made('/limits/override', { kind: 'widget', limit: 'tokensPerDay', value: 1_000, until });
    page = await openWatchedPage(browser as Browser, wrong);
    await beMember(page, journey, owner);
  });
  afterAll(async () => {
    await browser?.close();
    await journey?.close();
  });

  async function shown(name: string | RegExp): Promise<void> {
    await heading(name).waitFor();
    await expect.poll(() => page.locator('main .loading').count(), { interval: 20 }).toBe(0);
  }
  async function arrived(path: string): Promise<void> {
    await page.goto(journey.url + path);
    await shown(/./);
  }
  /** What is wrong with what is shown: everything where it is narrow, and contrast in the dark where it is wide. */
  async function faults(within?: string): Promise<string[]> {
    const only = within === undefined ? {} : { within };
    const found: string[] = [];
    for (const width of [375, 320]) {
      await page.setViewportSize({ width, height: 800 });
      found.push(...(await page.evaluate<string[]>(stickingOut)).map((each) => `${width} px: ${each}`));
    }
    found.push(...(await axeViolations(page, only)));
    await page.setViewportSize({ width: 1_280, height: 800 });
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await axeViolations(page, { ...only, rules: ['color-contrast'] });
    await page.emulateMedia({ colorScheme: 'light' });
    return [...found, ...dark.map((each) => `dark: ${each}`)];
  }

  it('hold every screen of an owner to WCAG, narrow and wide, in light and dark', async () => {
    await arrived('/console/overview');
    for (const told of [/^Budgets that are used up: 1\.$/, /^What is missing before production: \d\.$/])
      expect(await page.getByRole('link', { name: told }).count()).toBe(1);
    const links = page.getByRole('navigation').getByRole('link');
    const names = await links.allTextContents();
    expect(names.length).toBeGreaterThan(10);
    const found: unknown[] = [];
    for (const [at, name] of names.entries()) {
      await links.nth(at).click();
      await shown(name);
      found.push(...(await faults()).map((each) => [name, each]));
    }
    for (const path of [`/console/calls/${sessionId}`, `/console/privacy/${privacyRequestId}`, '/console/nothing']) {
      await arrived(path);
      found.push(...(await faults()).map((each) => [path, each]));
    }
    expect(found).toEqual([]);
  }, 60_000);

  it('hold each dialog that the palette opens, and the palette, to the same', async () => {
    await page.setViewportSize({ width: 1_280, height: 800 });
    await arrived('/console/account');
    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox', { name: 'Go to, begin or find' });
    await field.waitFor();
    const found: unknown[] = (await faults('dialog')).map((each) => ['palette', each]);
    const actions = await page.getByRole('option', { name: / Action$/ }).allTextContents();
    await page.keyboard.press('Escape');
    const names = actions
      .map((text) => text.replace(/\s*Action$/, '').trim())
      .filter((name) => !['A test call', 'Sign out'].includes(name));
    expect(names.length).toBeGreaterThan(6);
    for (const name of names) {
      await page.keyboard.press('Control+k');
      await field.fill(name);
      await page.keyboard.press('Enter');
      await page.locator('dialog form').waitFor();
      expect(new URL(page.url()).search).toBe('');
      found.push(...(await faults('dialog')).map((each) => [name, each]));
      await page.keyboard.press('Escape');
      await page.locator('dialog').waitFor({ state: 'detached' });
    }
    expect(found).toEqual([]);
  }, 60_000);

  it('show in forced colours which line is chosen, and where a button ends', async () => {
    await page.emulateMedia({ forcedColors: 'active' });
    await page.keyboard.press('Control+k');
    await page.locator('dialog [role=option]').first().waitFor();
    const edge = (selector: string) =>
      page.evaluate<string>(`(() => {
      const { borderInlineStartStyle, borderInlineStartColor } = getComputedStyle(document.querySelector('${selector}'));
      return borderInlineStartStyle + ' ' + borderInlineStartColor;
    })()`);
    const [chosen, other] = [await edge('[aria-selected=true]'), await edge('[aria-selected=false]')];
    expect([chosen.startsWith('solid'), chosen === other]).toEqual([true, false]);
    expect(await edge('dialog button')).toMatch(/^solid /);
    await page.keyboard.press('Escape');
    await page.emulateMedia({ forcedColors: 'none' });
  });

  it('let the keyboard find a screen, a call and a key, and say which line is chosen', async () => {
    await page.keyboard.press('Control+k');
    const field = page.getByRole('combobox', { name: 'Go to, begin or find' });
    const chosen = () =>
      page.evaluate<string>(`document.getElementById(
      document.activeElement.getAttribute('aria-activedescendant')).textContent`);
    await field.fill('log');
    expect(await chosen()).toContain('Audit log');
    await field.fill('');
    await page.keyboard.press('ArrowDown');
    expect(await chosen()).toContain('First call');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    expect(await chosen()).toContain('Sign out');
    await field.fill(sessionId);
    await page.keyboard.press('Enter');
    await heading('One call').waitFor();
    expect(await page.locator(':focus').textContent()).toBe('One call');
    expect(new URL(page.url()).pathname).toBe(`/console/calls/${sessionId}`);
    await page.keyboard.press('Control+k');
    await field.fill(journey.widgetKey);
    await page.keyboard.press('Enter');
    await page.getByRole('row', { name: new RegExp(journey.widgetKey) }).waitFor();
    expect(await page.getByLabel('Widget key', { exact: true }).inputValue()).toBe(journey.widgetKey);
    await page.keyboard.press('Control+k');
    await field.fill('no such thing');
    await page.getByRole('status').filter({ hasText: 'Nothing is called that' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.locator('dialog').waitFor({ state: 'detached' });
  });

  it('keep the menu of a narrow window closed, until it is opened, and again once somebody has gone somewhere', async () => {
    const limits = page.getByRole('navigation', { includeHidden: true }).getByText('Limits', { exact: true });
    await page.setViewportSize({ width: 375, height: 800 });
    await expect.poll(() => limits.isVisible()).toBe(false);
    await page.locator('summary').filter({ hasText: 'Screens' }).click();
    await limits.click();
    await shown('Limits');
    await expect.poll(() => limits.isVisible()).toBe(false);
    await page.setViewportSize({ width: 1_280, height: 800 });
    await expect.poll(() => limits.isVisible()).toBe(true);
  });

  it('let a member call an agent and hear it, from the one page that may listen, until they hang up', async () => {
    const mayListen = () => page.evaluate<boolean>("document.featurePolicy.allowsFeature('microphone')");
    await page.addInitScript(`window.tracks = [];
      const media = navigator.mediaDevices;
      const ask = media?.getUserMedia.bind(media);
      if (media) media.getUserMedia = async (wanted) => {
        const stream = await ask(wanted);
        window.tracks.push(...stream.getTracks());
        return stream;
      };`);
    await arrived('/console/first-call');
    expect(await mayListen()).toBe(false);
    await page.getByLabel('Snippet').filter({ hasText: journey.widgetKey }).waitFor();
    await page.getByRole('main').getByRole('link', { name: 'A test call' }).click();
    await heading('A test call').waitFor();
    expect([new URL(page.url()).pathname, await mayListen()]).toEqual(['/console/try', true]);
    await page.getByRole('button', { name: 'Start the call' }).click();
    const said = page.getByRole('log', { name: 'What is said' });
    await said.getByText('Hello, can you hear me?').waitFor({ timeout: 20_000 });
    await said.getByText('Yes, loud and clear.').waitFor({ timeout: 20_000 });
    expect(await page.getByRole('timer').textContent()).toMatch(/^Time left: \d+:\d\d/);
    const found = await faults();
    await page.getByRole('button', { name: 'End the call' }).click();
    await page.getByText('The call is over.').waitFor();
    expect(await page.evaluate('tracks.map(({ readyState }) => readyState)')).toEqual(['ended']);
    const ended = () =>
      journey.bus
        .published()
        .filter(({ type }) => type === 'vox.session.ended.v1')
        .at(-1)?.data;
    await expect.poll(ended).toMatchObject({ reason: 'client', mode: 'brokered' });
    await page.getByRole('link', { name: 'The timeline of this call' }).click();
    await page.getByRole('cell', { name: 'Granted' }).waitFor();
    expect([await mayListen(), found]).toEqual([false, []]);
  }, 60_000);

  it('speak French and German, with no word of English left in the menu and the palette', async () => {
    for (const [language, name, title] of [
      ['fr', 'Limites', 'Aller, commencer ou chercher'],
      ['de', 'Grenzen', 'Gehen, beginnen oder suchen'],
    ] as const) {
      await page.locator('.bar select').selectOption(language);
      await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
      await heading(name).waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: title }).waitFor();
      expect(await page.locator('dialog').textContent()).not.toMatch(/Screen|Overview|Create|Sign out/);
      for (const width of [320, 1_280]) {
        await page.setViewportSize({ width, height: 800 });
        expect([language, width, await page.evaluate<string[]>(stickingOut)]).toEqual([language, width, []]);
      }
      await page.keyboard.press('Escape');
    }
    await page.locator('.bar select').selectOption('en');
  });

  it('hold what an operator sees, which is asked anew by itself, and whoever is not signed in, to the same', async () => {
    const operator = await newMember(journey, 'op@example.com', 'platform-operator', '_platform');
    await beMember(page, journey, operator);
    await arrived('/console/tenants');
    await page.getByRole('row', { name: /demo/ }).waitFor();
    const found: unknown[] = await faults();
    const unread = `${SessionEnded.name}.demo.00000000-0000-4000-8000-000000000001`;
    journey.bus.inject(unread, new TextEncoder().encode('{}'));
    await settled(journey.bus);
    await page.getByRole('navigation').getByRole('link', { name: 'Platform' }).click();
    await shown('Platform');
    const anew = page.waitForRequest(
      (request) => request.url().endsWith('/platform/status') && request.headers()['x-vox-refresh'] === '1',
      { timeout: 20_000 },
    );
    const letter = page.getByRole('row', { name: /quota-ends vox/ });
    await letter.waitFor();
    found.push(...(await faults()));
    await letter.getByRole('button', { name: /^Deliver again/ }).click();
    found.push(...(await faults('dialog')));
    await page.getByLabel('Reason').fill('it is mended');
    await page.locator('dialog').getByRole('button', { name: 'Deliver again' }).click();
    await page.getByText(/: rejected again, and stays/).waitFor();
    await letter.getByRole('button', { name: /^Drop/ }).click();
    const drop = page.locator('dialog').getByRole('button', { name: 'Drop' });
    expect(await drop.isDisabled()).toBe(true);
    await page
      .locator('dialog input[name=word]')
      .fill((await page.locator('dialog h2').textContent())?.replace(/\D/g, '') ?? '');
    await page.getByLabel('Reason').fill('it was never a fact');
    found.push(...(await faults('dialog')));
    await drop.click();
    await letter.waitFor({ state: 'detached' });
    // Nobody pressed “Refresh”.
    await anew;
    await page.context().clearCookies();
    await arrived('/console/sign-in');
    expect([...found, ...(await faults())]).toEqual([]);
  }, 60_000);

  it('asked for nothing that the policy of the page forbids, and what these tests look for would have been found', async () => {
    expect(wrong).toEqual([]);
    await page.evaluate(`document.querySelectorAll('label').forEach((label) => label.remove());
      Object.assign(document.querySelector('h1').style, { color: '#eee', minWidth: '200vw' });`);
    const found = (await faults()).join('\n');
    for (const each of [/^label: /m, /^color-contrast: /m, /^320 px: /m]) expect(found).toMatch(each);
  });
});
