import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Fault } from '@vox/platform/fault';
import { sendProblem } from '@vox/platform/http';
import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { send } from './send.ts';

let server: ReturnType<typeof createServer>;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});
async function at(listener: Parameters<typeof createServer>[1]): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('an answer over HTTP', () => {
  it('that refuses is the fault that the service threw, with everything that it says', async () => {
    const thrown = [
      new Fault('INVALID_REQUEST', { issues: [{ path: 'tenantId', message: 'there is no tenant acme' }] }),
      new Fault('SIGNATURE_REQUIRED', { reason: 'expired', message: 'the signature is too old' }),
      new Fault('RATE_LIMIT_EXCEEDED', { scope: 'user', retryAfterSeconds: 7 }),
      new Fault('NOT_FOUND'),
    ];
    const app = express().use((request, response) =>
      sendProblem(response, thrown[Number(request.path.slice(1))] as Fault),
    );
    const origin = await at(app);
    for (const [n, { code, answer }] of thrown.entries())
      await expect(send(origin, { method: 'GET', target: `/${n}` })).rejects.toMatchObject({ code, answer });
  });
  it('that does not come in time, or breaks off, is told as a sentence', async () => {
    const origin = await at((request, response) => {
      if (request.url === '/breaks')
        response.writeHead(200, { 'content-length': '9' }).write('{', () => response.destroy());
    });
    const said = (target: string) => send(origin, { method: 'GET', target, timeoutMs: 300 });
    await expect(said('/never')).rejects.toMatchObject({ answer: { message: expect.stringMatching(/in time/) } });
    await expect(said('/breaks')).rejects.toMatchObject({
      answer: { message: expect.stringMatching(/cannot be reached/) },
    });
  });
});
