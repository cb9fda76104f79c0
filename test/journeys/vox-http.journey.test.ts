import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newMachineKey } from '@vox/platform/crypto';
import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Journey, openJourney } from './journey.ts';
import { codesTo, invite, newMember } from './member.ts';
import { voxOf } from './vox-http.ts';

const email = 'ann@example.com';
const fileOf = (folder: string): string => join(folder, 'vox', 'login.json');
const appCodeOf = (secret: string, aside: number): string =>
  TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: Date.now() + aside * 30_000 });
type Created = { apiKey: string; signingSecret: string; key: { keyId: string } };

let journey: Journey;
const open: { close: () => void }[] = [];
const machine = (env: Record<string, string | undefined> = {}) => {
  const vox = voxOf(env);
  open.push(vox);
  return vox;
};
/** How late it is for everybody, here and at the server. */
let laterMs = 0;
const now = Date.now;
const clock = { now: () => new Date(Date.now()) };
beforeEach(async () => {
  laterMs = 0;
  vi.spyOn(Date, 'now').mockImplementation(() => now() + laterMs);
  journey = await openJourney({ clock });
});
afterEach(async () => {
  for (const vox of open.splice(0)) vox.close();
  await journey.close();
  vi.restoreAllMocks();
});

/** Somebody at the terminal who reads the mails of an address. */
const reader = (address: string) => {
  const codes = codesTo(journey, address);
  return (text: string): Promise<string> => (text.includes('address') ? Promise.resolve(address) : codes.next());
};

/** A login is fresh for five minutes. */
const sixMinutesMs = 360_000;

/** A machine on which an administrator is signed in. */
async function signedIn() {
  const { invitation, memberId } = await invite(journey, email, 'admin');
  const vox = machine();
  vox.sits(reader(email));
  const { sentences } = await vox.run('login', journey.url, '--invitation', invitation);
  expect(sentences).toEqual([]);
  return { vox, memberId };
}

describe('vox over HTTP', () => {
  it('signs in by mail, asks as the member, steps up once for a key, and signs with the key', async () => {
    const { vox, memberId } = await signedIn();
    expect((await vox.run('whoami')).said).toMatchObject({ kind: 'member', tenantId: 'demo', memberId, role: 'admin' });
    expect((await vox.run('member', 'list', 'demo')).said).toMatchObject([{ memberId, email }]);
    expect(await vox.run('sso', 'show', 'demo')).toMatchObject({ sentences: [], said: { singleSignOn: null } });
    vox.questions.length = 0;
    laterMs = sixMinutesMs;
    const made = await vox.run('api-key', 'create', 'demo', '--scope', 'api-keys:read', 'api-keys:write', 'usage:read');
    expect([made.sentences, vox.questions]).toEqual([[], [expect.stringMatching(/^The code in the mail/)]]);
    const { apiKey, signingSecret, key } = made.said as Created;
    const again = await vox.run('api-key', 'create', 'demo', '--scope', 'usage:read', '--label', 'second');
    expect([again.sentences, vox.questions.length]).toEqual([[], 1]);

    const script = machine({ VOX_URL: journey.url, VOX_API_KEY: apiKey, VOX_SIGNING_SECRET: signingSecret });
    expect((await script.run('whoami')).said).toMatchObject({ kind: 'key', tenantId: 'demo', keyId: key.keyId });
    expect((await script.run('api-key', 'list', 'demo')).said).toMatchObject({ keys: [{}, {}] });
    const second = (again.said as Created).key.keyId;
    expect((await script.run('api-key', 'revoke', 'demo', second)).said).toEqual({ revokedAt: expect.any(String) });
    const lacking = machine({ VOX_URL: journey.url, VOX_API_KEY: apiKey });
    expect((await lacking.run('api-key', 'revoke', 'demo', key.keyId)).sentences).toEqual([
      'this needs a signed request: set VOX_SIGNING_SECRET or VOX_SIGNING_KEY_FILE to what belongs to the key.',
    ]);
    expect((await script.run('member', 'list', 'demo')).sentences).toEqual([
      'this API key may not do this: it lacks the scope, or no machine may do it.',
    ]);
    expect((await script.run('sso', 'show', 'demo')).sentences).toEqual([expect.stringMatching(/^no API key may do/)]);
    expect((await script.run('api-key', 'list', 'acme')).sentences).toEqual([
      expect.stringMatching(/nothing was sent/),
    ]);
    expect((await vox.run('api-key', 'revoke', 'demo', key.keyId)).sentences).toEqual([]);
    await expect
      .poll(async () => (await script.run('api-key', 'list', 'demo')).sentences)
      .toEqual(['the server does not take this API key: it may be mistyped, revoked or expired.']);
  }, 60_000);

  it('keeps the login in a file that only the user may read, shows it nowhere, and ends it', async () => {
    const { vox } = await signedIn();
    const file = fileOf(vox.folder);
    const [, cookie = ''] = /tenant_session":"([^"]+)/.exec(readFileSync(file, 'utf8')) ?? [];
    expect([statSync(file).mode & 0o777, cookie.length > 40]).toEqual([0o600, true]);
    const shown = [await vox.run('whoami'), await vox.run('member', 'list', 'demo'), await vox.run('logout')];
    expect(JSON.stringify(shown)).not.toContain(cookie);
    expect(readFileSync(file, 'utf8')).not.toContain(cookie);
    expect((await vox.run('logout')).sentences).toEqual(['you are not signed in.']);
    expect((await machine({ VOX_URL: journey.url, XDG_CONFIG_HOME: vox.folder }).run('whoami')).sentences).toEqual([
      `you are not signed in to ${journey.url}: run \`vox login ${journey.url}\`, or set VOX_API_KEY.`,
    ]);
    const answer = await fetch(`${journey.url}/api/v1/me`, { headers: { cookie: `__Host-tenant_session=${cookie}` } });
    expect(answer.status).toBe(401);
  }, 30_000);

  it('sends nothing for another tenant, and without a terminal says what to do instead of asking', async () => {
    const { vox } = await signedIn();
    const own = /^this credential is of the tenant demo, and of no other: nothing was sent\.$/;
    for (const args of [
      ['kill-switch', 'engage', 'acme'],
      ['tenant', 'show', 'acme'],
      ['tenant', 'put', new URL('../../docs/tenant.json', import.meta.url).pathname],
    ])
      expect((await vox.run(...args)).sentences).toEqual([expect.stringMatching(own)]);
    expect((await vox.run('tenant', 'show', 'demo')).said).toMatchObject({ tenantId: 'demo' });
    vox.sits(undefined);
    laterMs = sixMinutesMs;
    expect((await vox.run('kill-switch', 'engage', 'demo')).sentences).toEqual([
      'this needs a fresh code, for which vox asks in a terminal: run it there, or use an API key.',
    ]);
    expect((await vox.run('login', journey.url)).sentences).toEqual([
      'vox login asks for codes: run it in a terminal; a script uses an API key, VOX_API_KEY.',
    ]);
    expect((await vox.run('session', 'end', 'demo', 'x')).sentences).toEqual([
      'the session must be a UUID, such as 6f9619ff-8b86-4d11-b42d-00c04fc964ff.',
    ]);
  }, 30_000);

  it('asks for the code of the app where the member has one, to sign in and for what is sensitive', async () => {
    const { browser } = await newMember(journey, email, 'admin');
    const begun = await browser.post('/api/v1/second-factors/totp', { name: 'telephone' });
    const ofApp = (aside: number): string => appCodeOf(String(begun.body.secret), aside);
    expect((await browser.post('/api/v1/second-factors/totp/confirm', { code: ofApp(-1) })).status).toBe(200);
    const vox = machine();
    const mailed = reader(email);
    vox.sits(async (text) => (text.includes('app') ? ofApp(0) : mailed(text)));
    expect((await vox.run('login', journey.url)).sentences).toEqual([]);
    laterMs = sixMinutesMs;
    vox.questions.length = 0;
    expect((await vox.run('kill-switch', 'engage', 'demo')).sentences).toEqual([]);
    expect(vox.questions).toEqual(['This needs a fresh code of your app: ']);
  }, 30_000);

  it('takes a code that was mistyped once more, and gives up after three', async () => {
    const { invitation } = await invite(journey, email, 'viewer');
    const vox = machine();
    const right = reader(email);
    let wrong = 3;
    vox.sits(async (text) => (text.includes('address') || --wrong < 0 ? right(text) : '000000'));
    const failed = await vox.run('login', journey.url, '--invitation', invitation);
    expect(failed.sentences).toEqual(['this code is wrong, used or too old.']);
    await right('code');
    wrong = 1;
    expect((await vox.run('login', journey.url, '--invitation', invitation)).sentences).toEqual([]);
  }, 30_000);
});

const apiKey = newMachineKey(
  { kind: 'vk', env: 'production', keyId: '0123456789abcdeF' },
  (size) => new Uint8Array(size),
);

describe('a server that is none of ours', () => {
  it.each([
    ['redirects', 302, { location: '/elsewhere' }, '', /sends vox elsewhere, where it does not go/],
    ['answers a page', 200, { 'content-type': 'text/html' }, '<h1>hello</h1>', /does not answer as VOX does/],
    ['answers a page as JSON', 200, { 'content-type': 'application/json' }, '<h1>', /does not answer as VOX does/],
    ['answers other JSON', 200, { 'content-type': 'application/json' }, '{}', /does not understand/],
    [
      'fails oddly',
      500,
      { 'content-type': 'application/json' },
      '{"code":"\\u001b[2J"}',
      /does not answer as VOX does/,
    ],
    ['never ends', 200, { 'content-type': 'application/json' }, 'x'.repeat(17 * 1024 ** 2), /more than VOX ever would/],
  ])(
    'that %s is told in a sentence, and the credential goes nowhere else',
    async (_what, status, headers, body, said) => {
      let requests = 0;
      const server = createServer((_request, response) => {
        requests += 1;
        response.writeHead(status, headers).end(body);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const script = machine({ VOX_URL: url, VOX_API_KEY: apiKey });
      const { sentences, printed } = await script.run('whoami');
      expect([sentences.length, printed, requests]).toEqual([1, '', 1]);
      expect(sentences[0]).toMatch(said);
      server.close();
      expect((await script.run('whoami')).sentences[0]).toMatch(/cannot be reached: no server answers there/);
    },
  );
});

describe('a server that is down', () => {
  it('ends the command with 1, which says why on standard error alone', async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(free.address() as AddressInfo).port}`;
    await new Promise((resolve) => free.close(resolve));
    const main = new URL('../../cli/src/main.ts', import.meta.url).pathname;
    const env = { PATH: process.env.PATH, VOX_URL: url, VOX_API_KEY: apiKey };
    const ended = await promisify(execFile)(process.execPath, [main, 'session', 'list', 'acme'], { env }).catch(
      (error: { code: number; stdout: string; stderr: string }) => error,
    );
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toBe(
      `vox: ${url} cannot be reached: no server answers there: is it running, and is the address right?\n`,
    );
  });
});
