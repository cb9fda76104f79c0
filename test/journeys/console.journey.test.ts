import { request } from 'node:http';
import { consoleFiles } from '@vox/console/files';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, openJourney } from './journey.ts';
import { invite, mailsTo, newMember } from './member.ts';

type Answer = Readonly<{ status: number; headers: Record<string, string | string[] | undefined>; body: Buffer }>;

describe('the console', () => {
  const { page, assets } = consoleFiles();
  let journey: Journey;
  beforeAll(async () => {
    journey = await openJourney();
  });
  afterAll(() => journey.close());

  /** Sends over node:http: fetch would normalise the path, and unzip the answer. */
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(journey.url);
      const asked = request({ hostname, port, path, method, headers }, async (response) => {
        const parts: Buffer[] = [];
        for await (const part of response) parts.push(part as Buffer);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) });
      });
      asked.on('error', reject).end();
    });

  it.each([
    '/console',
    '/console/',
    '/console/keys/',
    '/console/sign-in',
    '/console/second-factor',
    '/console/try',
    '/console/try/',
    '/console/try/me',
    '/console/calls/0b9ac8a6-3f1f-4a53-9f38-1b6e0f7a2c11',
  ])('shows its page at %s, under a policy that lets it load its own files alone', async (path) => {
    const { status, headers, body } = await ask(path);
    expect([status, body.equals(page.body)]).toEqual([200, true]);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(String(headers['content-security-policy']).split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
    expect(headers).toMatchObject({
      'cache-control': 'no-cache',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['permissions-policy']).toMatch(
      /^\/console\/try\/?$/.test(path) ? /microphone=\(self\)/ : /microphone=\(\)/,
    );
    expect(headers['set-cookie']).toBeUndefined();
  });
  it('serves each of its files unchanged, zipped for whoever takes that, and to be kept for ever', async () => {
    for (const [path, { type, body, zipped }] of assets) {
      const plain = await ask(path);
      expect([path, plain.status, plain.body.equals(body)]).toEqual([path, 200, true]);
      expect(plain.headers).toMatchObject({
        'content-type': type,
        'cache-control': 'public, max-age=31536000, immutable',
        vary: 'Accept-Encoding',
        'x-content-type-options': 'nosniff',
      });
      expect(plain.headers['content-encoding']).toBeUndefined();
      const packed = await ask(path, { 'accept-encoding': 'br, gzip' });
      expect([packed.headers['content-encoding'], packed.body.equals(zipped)]).toEqual(['gzip', true]);
    }
    const head = await ask([...assets.keys()][0] ?? '', {}, 'HEAD');
    expect([head.status, head.body.length]).toEqual([200, 0]);
  });
  it('has no other file, under no spelling and no other hash', async () => {
    const main = [...assets.keys()].find((path) => path.endsWith('/main.js')) ?? '';
    const base = main.replace(/main\.js$/, '');
    const others = [
      ...['', 'main', 'main.js/', 'Main.js', '%6dain.js', './main.js', '../main.js', 'main.js%00', 'access.test.js'],
      ...['shell/../main.js', '..%2fmain.js', 'facts.d.ts', '__proto__', 'lib/', 'lib/uplot.js'],
    ].map((name) => base + name);
    const elsewhere = ['/console/assets', '/console/assets/main.js', `/console/assets/${'0'.repeat(16)}/main.js`];
    for (const path of [...others, ...elsewhere, '/console/a/b/c/d', '/console/%00', '/console/x.js', '/consoles'])
      expect([path, (await ask(path)).status]).toEqual([path, 404]);
    for (const method of ['POST', 'PUT', 'DELETE']) {
      expect((await ask('/console', {}, method)).status).toBe(404);
      expect((await ask(main, {}, method)).status).toBe(404);
    }
  });
  it('refuses a tab that shows another member than the cookie is of, before anything is done', async () => {
    const ann = await newMember(journey, 'ann@example.com', 'owner');
    const { memberId, browser } = await newMember(journey, 'bob@example.com', 'owner');
    const asAnn = { 'x-vox-member': ann.memberId };
    const reason = 'a tab that is out of date';
    const refused = [
      await browser.get('/api/v1/policy', asAnn),
      await browser.get('/api/v1/me', asAnn),
      await browser.get('/api/auth/session', asAnn),
      await browser.post('/api/v1/kill-switch', { engaged: true, reason }, asAnn),
      await browser.post('/api/v1/sessions/end', { reason }, asAnn),
      await browser.post('/api/auth/step-up/send', {}, asAnn),
      await browser.post('/api/auth/step-up/passkey/options', {}, asAnn),
      await browser.post('/api/auth/logout', {}, asAnn),
    ];
    for (const { status, body } of refused) expect([status, body.code]).toEqual([401, 'AUTH_REQUIRED']);
    const asBob = { 'x-vox-member': memberId };
    expect(await browser.get('/api/v1/me', asBob)).toMatchObject({ status: 200, body: { memberId } });
    expect((await browser.get('/api/v1/policy', asBob)).body).toMatchObject({ policy: { halted: false } });
    expect((await browser.post('/api/auth/logout', {}, asBob)).status).toBe(200);
    expect((await browser.get('/api/v1/me')).status).toBe(401);
    expect((await ann.browser.get('/api/v1/me')).status).toBe(200);
  });
  it('stands where the mails of invitations lead to', async () => {
    await invite(journey, 'eve@example.com');
    const [mail] = await mailsTo(journey, 'eve@example.com', 'invited');
    const link = new URL(/https?:\/\/\S+#invitation=\S+/.exec(mail?.text ?? '')?.[0] ?? 'about:blank');
    expect(link.origin).toBe(journey.url);
    expect((await ask(link.pathname)).body.equals(page.body)).toBe(true);
  });
});
