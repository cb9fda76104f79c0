import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { egress } from '@vox/platform/egress';
import { afterEach, describe, expect, it } from 'vitest';
import { botId } from './bot-id.ts';
import { turnstile } from './turnstile.ts';

const place = { tenantId: 'acme', origin: 'https://shop.example', ip: '203.0.113.9' };
const wayOut = egress({ ports: [443], allowLoopback: true });
const proof = (given?: string, headers: Record<string, string> = {}) => ({
  given,
  header: (name: string) => headers[name],
});

describe('verifiers over HTTP', () => {
  const closing: (() => void)[] = [];
  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });
  const answering = async (answer: RequestListener): Promise<string> => {
    const server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  };
  const json = (body: unknown, status = 200) =>
    answering((_request, response) => response.writeHead(status).end(JSON.stringify(body)));
  const person = proof(undefined, { 'x-is-human': '1' });
  const human = { isHuman: true, isBot: false, isVerifiedBot: false, bypassed: false };

  it.each([
    [human, true],
    [{ ...human, isBot: true, isHuman: false }, false],
    [{ ...human, isVerifiedBot: true, isBot: true, isHuman: false, verifiedBotName: 'chatgpt-operator' }, false],
    [{ ...human, isVerifiedBot: true }, false],
    [{ ...human, bypassed: true }, false],
  ])('BotID’s verdict %j starts a call: %s', async (verdict, wanted) => {
    const verifier = botId({ egress: wayOut, url: await json(verdict), apiKey: 'k', timeoutMs: 500 });
    expect(await verifier.verify(person, place)).toBe(wanted);
  });
  it('BotID without the page’s proof header is refused unasked', async () => {
    const verifier = botId({ egress: wayOut, url: 'http://127.0.0.1:1/', apiKey: 'k', timeoutMs: 500 });
    expect(await verifier.verify(proof(), place)).toBe(false);
  });
  it('Turnstile asks for success, the action and the page that the token was made for', async () => {
    let answer: Record<string, unknown> = {};
    const url = await answering((_request, response) => void response.end(JSON.stringify(answer)));
    const verifier = turnstile({ egress: wayOut, url, siteKey: 'site', secretKey: 'secret', timeoutMs: 500 });
    const { action, cdata } = await verifier.challenge(place);
    const good = { success: true, action, cdata };
    for (const [given, wanted] of [
      [good, true],
      [{ ...good, success: false, 'error-codes': ['timeout-or-duplicate'] }, false],
      [{ ...good, action: 'login' }, false],
      [{ ...good, cdata: 'another' }, false],
    ] as const) {
      answer = given;
      expect(await verifier.verify(proof('token'), place)).toBe(wanted);
    }
    expect(await verifier.verify(proof(), place)).toBe(false);
  });
  it.each([
    ['an error', () => json({}, 500)],
    ['an answer of another shape', () => json({ ok: true })],
    ['no answer in time', () => answering(() => undefined)],
    ['no server', async () => 'http://127.0.0.1:1/'],
    ['a redirection', () => answering((_request, response) => response.writeHead(307, { location: '/' }).end())],
    ['an answer without end', () => answering((_request, response) => void response.end(`"${'x'.repeat(20_000)}"`))],
    ['an address of the inside', async () => 'https://10.0.0.1/'],
  ])('%s is UNAVAILABLE, neither yes nor no', async (_what, open) => {
    const verifier = botId({ egress: wayOut, url: await open(), apiKey: 'k', timeoutMs: 100 });
    await expect(verifier.verify(person, place)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
