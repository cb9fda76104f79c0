import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OpenPrivacyRequest } from '@vox/contracts';
import { settled } from '@vox/testing';
import { chromiumBrowser } from '@vox/testing/browser';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from './axe.ts';
import { answered, beMember, openWatchedPage } from './console/page.ts';
import { type Journey, openJourney } from './journey.ts';
import { newMember } from './member.ts';
import { askingDraft, spokenCall, wordsHash } from './spoken-call.ts';

const browser = await chromiumBrowser(process.env);
const email = 'ann@example.com';
const hostile = '<img src=x onerror=alert(1)>"\'></script>';
const said = [`My dog is Rex ${hostile}`, 'A fine name.'];

describe.skipIf(browser === undefined)('in Chromium, the screens of a privacy officer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vox-console-privacy-'));
  const wrong: string[] = [];
  let journey: Journey;
  let page: Page;
  let memberId: string;
  let sessionId: string;
  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const dialog = () => page.getByRole('dialog');
  const choose = async (name: string) => {
    await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
    await heading(name).waitFor();
    await expect.poll(() => page.locator('main .loading').count()).toBe(0);
  };
  /** What a press of a button saves, as a file of this test. */
  async function saved(name: string): Promise<string> {
    const [download] = await Promise.all([page.waitForEvent('download'), button(name).click()]);
    const path = join(folder, download.suggestedFilename());
    await download.saveAs(path);
    return path;
  }

  beforeAll(async () => {
    journey = await openJourney({ draft: askingDraft });
    const officer = await newMember(journey, 'petra@example.com', 'privacy-officer');
    memberId = officer.memberId;
    sessionId = await spokenCall(journey, { words: said, email, nowMs: Date.now() });
    if (browser === undefined) throw new Error('no browser');
    page = await openWatchedPage(browser, wrong);
    await beMember(page, journey, officer);
    page.on('console', (message) => wrong.push(...(message.text().includes('Rex') ? ['words in the console'] : [])));
    await page.goto(`${journey.url}/console/consents`);
  });
  afterEach(async () => {
    expect(await axeViolations(page)).toEqual([]);
    expect([wrong, await page.locator('img').count()]).toEqual([[], 0]);
  });
  afterAll(async () => {
    await browser?.close();
    await journey?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('find what a person agreed to, by an identifier that stands in no address', async () => {
    await page.getByRole('row', { name: /Words are kept/ }).waitFor();
    await page.getByLabel('Identifier', { exact: true }).fill(email);
    await page.getByLabel('Answer').selectOption('true');
    await button('Show').click();
    await page.getByRole('table', { name: 'Whom the identifiers led to' }).waitFor();
    expect(await page.getByRole('row', { name: /Words are kept/ }).textContent()).toContain(wordsHash);
    expect(page.url()).toMatch(/given=true/);
    expect(page.url()).not.toContain('ann');
  });
  it('show the words of a call on its timeline for a reason, and keep them nowhere', async () => {
    await choose('Transcripts');
    await page.getByRole('link', { name: sessionId }).click();
    await heading('One call').waitFor();
    expect(await page.content()).not.toContain('Rex');
    await button('Read the words').click();
    await dialog().getByLabel('Reason').fill(`her request ${hostile}`);
    await dialog().getByRole('button', { name: 'Read the words' }).click();
    const row = page.getByRole('row', { name: /Visitor/ });
    await row.waitFor();
    expect(await row.textContent()).toContain(said[0]);
    const kept = 'JSON.stringify([location.href, history.state, { ...localStorage }, { ...sessionStorage }])';
    expect(await page.evaluate<string>(kept)).not.toContain('Rex');
    expect(await axeViolations(page)).toEqual([]);
    await choose('Transcripts');
    await page.goBack();
    await page.getByRole('cell', { name: 'Granted' }).waitFor();
    expect(await page.content()).not.toContain('Rex');
  });
  it('count what another promise would remove', async () => {
    await choose('Retention');
    await page.getByLabel('Transcripts').fill('0');
    await button('Count').click();
    const gone = page.getByRole('table', { name: 'What would go at once' }).getByRole('row', { name: /^Transcripts/ });
    await gone.waitFor();
    expect(await gone.getByRole('cell').first().textContent()).toBe('1');
    await page.getByLabel('Security').fill('3');
    await button('Count').click();
    await expect.poll(() => page.getByLabel('Security').getAttribute('aria-invalid')).toBe('true');
  });
  it('keep the register of incidents, print one as a proof, and save all as CSV', async () => {
    await choose('Incidents');
    await button('Open an incident').click();
    await dialog().getByLabel('What happened').fill(`a laptop is gone ${hostile}`);
    await dialog().getByLabel('Note').fill(`its disk was sealed ${hostile}`);
    await dialog().getByLabel('Reason').fill(hostile);
    await dialog().getByRole('button', { name: 'Open an incident' }).click();
    await heading('An incident').waitFor();
    await page.getByText(/^running: in /).waitFor();
    await button('Add to it').click();
    await dialog().getByLabel('Risk for persons').selectOption('none');
    await dialog().getByRole('button', { name: 'Add to it' }).click();
    await page.getByRole('row', { name: /risk/ }).waitFor();
    await button('Close it').click();
    await dialog().getByLabel('Outcome').selectOption('no-risk');
    await dialog().getByLabel('Reason').fill('found again');
    await dialog().getByRole('button', { name: 'Close it' }).click();
    await page.getByRole('row', { name: /closed/ }).waitFor();

    await page.emulateMedia({ media: 'print' });
    const imprint = page.locator('.printed');
    for (const text of ['demo', 'UTC', `member:${memberId}`, 'Privacy officer', page.url()])
      expect(await imprint.textContent()).toContain(text);
    expect(await imprint.isVisible()).toBe(true);
    for (const hidden of ['nav', 'button', '.way']) expect(await page.locator(`${hidden}:visible`).count()).toBe(0);
    expect(await page.getByText('its disk was sealed').isVisible()).toBe(true);
    await page.emulateMedia({ media: null });
    await choose('Incidents');
    await page.getByRole('row', { name: /a laptop is gone.*kept/ }).waitFor();
    expect(readFileSync(await saved('Save as CSV'), 'utf8')).toContain('a laptop is gone');
  });
  it('print a privacy request with its receipt', async () => {
    const identifiers = [{ kind: 'email' as const, value: email }];
    const asked = { tenantId: 'demo', kind: 'export' as const, identifiers, reason: hostile, actor: 'operator:test' };
    const { privacyRequestId } = await journey.bus.ask(OpenPrivacyRequest, asked);
    await settled(journey.bus);
    await choose('Privacy requests');
    await page.getByRole('link', { name: privacyRequestId }).click();
    await expect
      .poll(async () => {
        await button('Refresh').click();
        return page.getByRole('heading', { level: 2, name: 'Receipt' }).count();
      })
      .toBe(1);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByText(`member:${memberId}`).isVisible()).toBe(true);
    expect(await page.getByLabel('Receipt').isVisible()).toBe(true);
    await page.emulateMedia({ media: null });
  });
  it('show use by day and model, as bars, as a table and as CSV', async () => {
    await choose('Usage');
    await page.getByRole('table', { name: 'By model' }).waitFor();
    expect(await page.locator('.bars').first().locator('rect').count()).toBe(30);
    const all = page.getByRole('table', { name: 'By day' }).getByRole('row', { name: /^All/ });
    expect(await all.textContent()).toContain('1,500');
    const [download] = await Promise.all([page.waitForEvent('download'), button('Save as CSV').last().click()]);
    expect(download.suggestedFilename()).toBe('usage-model-demo.csv');
  });
  it('verify an exported log with no line at all, and say of any other file what it is', async () => {
    await choose('Audit log');
    await page.getByText('Verify an exported file').click();
    const [log, keys] = [await saved('Export the whole log'), await saved('Save the public keys')];
    await answered(page);
    await page.context().setOffline(true);
    const found = async (path: string) => {
      await page.getByLabel('Exported log').setInputFiles(path);
      await page.getByLabel('Public keys').setInputFiles(keys);
      await button('Verify the file').click();
      const result = page.locator('.evidence');
      await result.filter({ hasText: path.slice(folder.length + 1) }).waitFor();
      return String(await result.textContent());
    };
    const as = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const text = readFileSync(log, 'utf8');
    expect(await found(log)).toMatch(/The file is whole.*demo/);
    const bent = text.replace('"action":"transcript.read"', '"action":"transcript.kept"');
    expect(await found(as('<img src=x onerror=alert(1)>.ndjson', bent))).toMatch(/broken at entry \d+: it was changed/);
    expect(await found(as('log.csv', 'sequence,time,outcome\r\n'))).toContain('this is CSV');
    expect(await found(as('nothing.ndjson', ''))).toContain('the file is empty');
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.printed').getByText(`member:${memberId}`).isVisible()).toBe(true);
    expect(await page.getByRole('table').count()).toBe(0);
    await page.emulateMedia({ media: null });
    await page.context().setOffline(false);
  });
});
