import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nobody } from '../reach/person.ts';
import { keptLogins, loginFile } from './kept-logins.ts';
import { jarKept, loginCredential } from './login-credential.ts';

let folder: string;
let env: { XDG_CONFIG_HOME: string };
let origin: string;
const seen: IncomingHttpHeaders[] = [];
let setCookie: string[] = [];
let status = 200;
const server = createServer((request, response) => {
  seen.push(request.headers);
  const type = status === 200 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': type, 'set-cookie': setCookie });
  response.end(status === 200 ? '{"ok":true}' : '{"code":"FORBIDDEN"}');
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vox-login-'));
  env = { XDG_CONFIG_HOME: folder };
  [seen.length, setCookie, status] = [0, [], 200];
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  keptLogins(env).keep(origin, { isSignedIn: true, cookies: { session: 'first' } });
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});
const ask = (method: 'GET' | 'POST' = 'GET') =>
  loginCredential(origin, jarKept(keptLogins(env), origin), nobody).send({ method, target: '/api/v1/x' });

describe('a request by a login', () => {
  it('keeps a cookie that the server renews, with refusals too, and sends it the next time', async () => {
    setCookie = ['session=second; Max-Age=86400; Path=/; HttpOnly; Secure'];
    await ask();
    [setCookie, status] = [['session=third; Path=/'], 403];
    await expect(ask()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    [setCookie, status] = [['session=; Max-Age=0; Path=/'], 200];
    await ask();
    await ask();
    expect(seen.map(({ cookie }) => cookie)).toEqual(['session=first', 'session=second', 'session=third', undefined]);
  });
  it('that changes something shows that no other page made it, and one that reads does not need to', async () => {
    await ask('POST');
    await ask();
    expect(seen.map((headers) => [headers.origin, headers['x-vox-request']])).toEqual([
      [origin, '1'],
      [undefined, undefined],
    ]);
  });
  it('takes no cookie that would put a header of its own into a request, and few', async () => {
    setCookie = [
      'bad=a\tb',
      'b ad=x',
      `long=${'x'.repeat(5_000)}`,
      ...Array.from({ length: 40 }, (_n, n) => `c${n}=1`),
    ];
    await ask();
    const kept = keptLogins(env).of(origin)?.cookies ?? {};
    expect([Object.keys(kept).length, 'bad' in kept, 'long' in kept, kept.session]).toEqual([
      16,
      false,
      false,
      'first',
    ]);
  });
});

describe('the file of logins', () => {
  it('is read by its user alone, whatever rights it had before, and keeps servers apart', () => {
    const file = loginFile(env);
    writeFileSync(file, readFileSync(file), { mode: 0o644 });
    keptLogins(env).keep('https://vox.example', { isSignedIn: true, cookies: { session: 'other' } });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(keptLogins(env).current()).toBe('https://vox.example');
    expect(keptLogins(env).of(origin)?.cookies).toEqual({ session: 'first' });
    keptLogins(env).keep('https://vox.example', { isSignedIn: false, cookies: {} });
    expect(keptLogins(env).current()).toBeUndefined();
  });
  it('that somebody has damaged holds no login', () => {
    for (const text of ['', '{', '[]', '{"current":1,"logins":{}}']) {
      writeFileSync(loginFile(env), text);
      expect([keptLogins(env).current(), keptLogins(env).of('__proto__')]).toEqual([undefined, undefined]);
    }
  });
});
