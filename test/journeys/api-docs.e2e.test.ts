import { apiTable } from '@vox/contracts';
import { chromiumBrowser } from '@vox/testing/browser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, openJourney } from './journey.ts';

const browser = await chromiumBrowser(process.env);
afterAll(() => browser?.close());

describe.skipIf(browser === undefined)('the viewer of the API’s document in a browser', () => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await openJourney();
  });
  afterAll(() => journey?.close());

  it('shows every operation, asks no foreign host, and breaks no rule of its policy', async () => {
    const page = await (browser as NonNullable<typeof browser>).newPage();
    const hosts = new Set<string>();
    const complaints: string[] = [];
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol !== 'data:') hosts.add(origin);
    });
    page.on('console', (message) => {
      if (message.type() === 'error' || /Content Security Policy/i.test(message.text()))
        complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.addInitScript(`addEventListener('securitypolicyviolation', (event) =>
      console.error('refused', event.violatedDirective, event.blockedURI, event.sample));`);
    await page.goto(`${journey.url}/api/docs`);
    await page.locator('.opblock').first().waitFor({ timeout: 30_000 });
    // The viewer draws only what stands near the window, so somebody who reads scrolls.
    const shown = new Set<string | undefined>();
    const missing = async (): Promise<string[]> => {
      const drawn = await page
        .locator('.opblock-summary-path')
        .evaluateAll((all) => all.map((each) => (each as { dataset: Record<string, string> }).dataset.path));
      for (const path of drawn) shown.add(path);
      await page.mouse.wheel(0, 400);
      return apiTable.map(({ path }) => path.replaceAll(/:(\w+)/g, '{$1}')).filter((path) => !shown.has(path));
    };
    await expect.poll(missing, { timeout: 60_000, interval: 50 }).toEqual([]);
    const place = page.locator('[data-path="/api/v1/widget-keys"]').first();
    for (let steps = 0; steps < 400 && (await place.count()) === 0; steps += 1) await page.mouse.wheel(0, -400);
    const operation = page.locator('.opblock-post', { has: page.locator('[data-path="/api/v1/widget-keys"]') });
    await operation.locator('.opblock-summary-control').click();
    await operation.getByText('https://shop.example').first().waitFor();
    expect(await page.getByRole('button', { name: 'Try it out' }).count()).toBe(0);
    expect(complaints).toEqual([]);
    expect([...hosts]).toEqual([journey.url]);
    await page.close();
  }, 120_000);
});
