import { ShowChecklist } from '@vox/contracts';
import { chromiumBrowser } from '@vox/testing/browser';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beMember, openWatchedPage } from './console/page.ts';
import { type Journey, openJourney } from './journey.ts';
import { newMember } from './member.ts';

const browser = await chromiumBrowser(process.env);

describe.skipIf(browser === undefined)('in Chromium, the console in German', () => {
  let journey: Journey;
  let page: Page;
  const wrong: string[] = [];

  beforeAll(async () => {
    if (browser === undefined) return;
    journey = await openJourney();
    page = await openWatchedPage(browser, wrong, { locale: 'de-DE' });
    await beMember(page, journey, await newMember(journey, 'olga@example.com', 'owner'));
  });
  afterAll(async () => {
    await browser?.close();
    await journey?.close();
  });

  it('shows the checklist without a sentence of the server', async () => {
    await page.goto(`${journey.url}/console/overview`);
    const checklist = page.getByRole('table', { name: 'Vor dem Produktivbetrieb' });
    await checklist.getByText('Kein Schlüssel ist älter als 90 Tage.').waitFor();
    const shown = (await checklist.textContent()) ?? '';
    const { rows } = await journey.bus.ask(ShowChecklist, { tenantId: 'demo' });
    expect(rows.length).toBeGreaterThan(10);
    const sentences = rows.flatMap(({ what, found, why, how }) => [what, found, why, how]);
    expect(sentences.filter((sentence) => shown.includes(sentence))).toEqual([]);
  });
  it('says what is wrong with a field, with words that come with the first mistake', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${journey.url}/console/webhooks`);
    await page.getByRole('button', { name: 'Endpunkt anlegen', exact: true }).click();
    const isOfMistakes = (path: string) => path.endsWith('/messages/de/mistakes.js');
    expect(asked.filter(isOfMistakes)).toEqual([]);
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Adresse').fill('https://10.0.0.1/hook');
    await dialog.getByRole('checkbox').first().check();
    await dialog.getByLabel('Grund').fill('Probe');
    await dialog.getByRole('button', { name: 'Endpunkt anlegen', exact: true }).click();
    await dialog.getByText('darf keine Adresse eines privaten oder besonderen Netzes sein').first().waitFor();
    expect(asked.filter(isOfMistakes).length).toBe(1);
  });
  it('breaks no rule of its policy on the way', () => {
    expect(wrong).toEqual([]);
  });
});
