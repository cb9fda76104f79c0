import { once } from 'node:events';
import { type AddressInfo, isIP } from 'node:net';
import { connect, createServer } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { type Certified, newAuthority, newServerCertificate, stillServes } from './certificates.ts';

const nowMs = Date.now();
const dayMs = 24 * 3_600_000;
const authority = await newAuthority('ours', nowMs);
const foreign = await newAuthority('ours', nowMs);
const served = await newServerCertificate(authority, ['store.example', '127.0.0.1'], nowMs);

/** What a client that knows one authority meets: nothing, or the code of an error. */
async function met({ certificate, key }: Certified, ca: string, servername: string): Promise<string | undefined> {
  const server = createServer({ cert: certificate, key }, (socket) => socket.end()).listen(0, '127.0.0.1');
  server.on('tlsClientError', () => undefined);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const name = isIP(servername) ? {} : { servername };
  const socket = connect({ host: '127.0.0.1', port, ca, ...name });
  try {
    return await new Promise((resolve) => {
      socket.once('secureConnect', () => resolve(undefined));
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
    });
  } finally {
    socket.destroy();
    server.close();
  }
}

describe('a certificate of one’s own authority', () => {
  it('is believed by a client that knows the authority, under each of its names', async () => {
    expect(await met(served, authority.certificate, 'store.example')).toBeUndefined();
    expect(await met(served, authority.certificate, '127.0.0.1')).toBeUndefined();
  });
  it('is not believed under another name, nor with an authority of the same name', async () => {
    expect(await met(served, authority.certificate, 'other.example')).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(await met(served, foreign.certificate, 'store.example')).toMatch(/UNABLE_TO_VERIFY|CERT_SIGNATURE_FAILURE/);
  });
  it('is not believed before its day nor after it', async () => {
    const late = await newServerCertificate(authority, ['store.example'], nowMs - 500 * dayMs);
    const early = await newServerCertificate(authority, ['store.example'], nowMs + 500 * dayMs);
    expect(await met(late, authority.certificate, 'store.example')).toBe('CERT_HAS_EXPIRED');
    expect(await met(early, authority.certificate, 'store.example')).toBe('CERT_NOT_YET_VALID');
  });
  it('signs no other certificate', async () => {
    const forged = await newServerCertificate(served, ['store.example'], nowMs);
    const chain = { certificate: forged.certificate + served.certificate, key: forged.key };
    expect(await met(chain, authority.certificate, 'store.example')).toBeDefined();
  });
  it('serves for two thirds of its life, for its names and its authority alone', () => {
    const names = ['store.example', '127.0.0.1'];
    const { certificate } = served;
    expect(stillServes(certificate, authority.certificate, names, nowMs + 264 * dayMs)).toBe(true);
    expect(stillServes(certificate, authority.certificate, names, nowMs + 266 * dayMs)).toBe(false);
    expect(stillServes(certificate, authority.certificate, [...names, 'other.example'], nowMs)).toBe(false);
    expect(stillServes(certificate, foreign.certificate, names, nowMs)).toBe(false);
  });
});
