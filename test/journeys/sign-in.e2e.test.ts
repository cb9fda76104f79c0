import { listen } from '@vox/platform/http';
import { chromiumBrowser } from '@vox/testing/browser';
import express from 'express';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, openJourney } from './journey.ts';
import { invite, mailsTo } from './member.ts';

const browser = await chromiumBrowser(process.env);
const email = 'ann@example.com';

/** What a page of our own does: it asks its own origin, with the header of our pages. */
const ask = (page: Page, path: string, body?: object) =>
  page.evaluate(
    async ([url, sent]) => {
      const headers = { 'content-type': 'application/json', 'x-vox-request': '1' };
      const init = sent === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(sent) };
      const answer = await fetch(url, init);
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    },
    [path, body] as const,
  );

describe.skipIf(browser === undefined)('in a browser, a login', () => {
  let journey: Journey;
  let other: { url: string; close: (ms: number) => Promise<void> };
  beforeAll(async () => {
    journey = await openJourney();
    const app = express();
    app.get('/', (_request, response) => void response.type('html').send('<title>another page</title>'));
    other = await listen(app, { host: '127.0.0.1', port: 0 });
  });
  afterAll(async () => {
    await other?.close(0);
    await journey?.close();
    await browser?.close();
  });

  it.each(['127.0.0.1', 'localhost'])(
    'holds on http://%s too, no script reads it, and the page of a neighbouring port cannot use it',
    async (host) => {
      const context = await browser?.newContext();
      const page = await context?.newPage();
      if (page === undefined) throw new Error('no page');
      const url = journey.url.replace('127.0.0.1', host);
      const address = `${host.replaceAll('.', '-')}.${email}`;
      const { invitation } = await invite(journey, address);
      await page.goto(`${url}/api/auth/session`);
      expect((await ask(page, '/api/auth/otp/send', { email: address })).status).toBe(200);
      const [mail] = await mailsTo(journey, address, 'to sign in');
      const code = /^\s*(\d{6})\s*$/m.exec(mail?.text ?? '')?.[1] ?? '';
      expect((await ask(page, '/api/auth/otp/verify', { email: address, code, invitation })).status).toBe(200);
      expect((await ask(page, '/api/auth/session')).body).toMatchObject({ ok: true, email: address });
      expect(await page.evaluate('document.cookie')).toBe('');

      // Another port is the same site: the browser sends the cookie along, and only the checks stand in the way.
      await page.goto(other.url.replace('127.0.0.1', host));
      await page.evaluate(async (target) => {
        const credentials = 'include' as const;
        const forms = ['text/plain', 'application/x-www-form-urlencoded'];
        for (const type of forms)
          await fetch(target, {
            method: 'POST',
            mode: 'no-cors',
            credentials,
            headers: { 'content-type': type },
            body: '{}',
          });
        const headers = { 'content-type': 'application/json', 'x-vox-request': '1' };
        await fetch(target, { method: 'POST', credentials, headers, body: '{}' }).catch(() => undefined);
      }, `${url}/api/auth/logout`);
      await page.goto(`${url}/api/auth/session`);
      expect((await ask(page, '/api/auth/session')).status).toBe(200);
      expect((await ask(page, '/api/auth/logout', {})).body).toEqual({ ok: true });
      expect((await ask(page, '/api/auth/session')).status).toBe(401);
      await context?.close();
    },
  );
});
