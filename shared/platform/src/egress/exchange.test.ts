import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, LookupFunction, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { exchange } from './exchange.ts';

const folder = mkdtempSync(join(tmpdir(), 'vox-egress-'));
const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function portOf(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
const toLoopback: LookupFunction = (_host, options, found) =>
  options.all ? found(null, [{ address: '127.0.0.1', family: 4 }]) : found(null, '127.0.0.1', 4);
const ask = (host: string, port: number, isTls: boolean, ca?: string) =>
  exchange({
    target: { url: new URL(`${isTls ? 'https' : 'http'}://${host}:${port}/`), host, port, isTls },
    ...{ method: 'GET', headers: {}, connectMs: 2_000, wholeMs: 2_000, bodyMaxBytes: 100, lookup: toLoopback, ca },
  });

/** A certificate of hook.example that signs itself. */
function certificate(): { key: string; cert: string } {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const named = ['-subj', '/CN=hook.example', '-addext', 'subjectAltName=DNS:hook.example'];
  execFileSync('openssl', [...made, ...named, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

describe('an exchange', () => {
  it('is made with the addresses that it was given, under the name that was asked for', async () => {
    const port = await portOf(createHttpServer((request, answer) => void answer.end(request.headers.host)));
    const outcome = await ask('hook.example', port, false);
    expect(outcome.kind === 'answered' && outcome.body.toString()).toBe(`hook.example:${port}`);
  });
  it('is made with nobody whose certificate is of another name or of an unknown authority', async () => {
    const own = certificate();
    const port = await portOf(createHttpsServer(own, (_request, answer) => void answer.end('in')));
    expect(await ask('hook.example', port, true, own.cert)).toMatchObject({ kind: 'answered', status: 200 });
    expect(await ask('hook.example', port, true)).toEqual({ kind: 'failed', reason: 'tls' });
    expect(await ask('other.example', port, true, own.cert)).toEqual({ kind: 'failed', reason: 'tls' });
  });
});
