import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateWidgetKey,
  ListSessions,
  RevokeWidgetKey,
  RotateSigningKey,
  SetTenantStatus,
} from '@vox/shared/contracts';
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStack, type Stack } from '../../local/src/stack/stack.ts';
import { type Answer, type Shop, shopOn } from '../stack/visitor.ts';
import { type Watch, watchFacts } from '../stack/watch.ts';

const folder = mkdtempSync(join(tmpdir(), 'vox-hostile-'));
const opened = await openStack({
  folder,
  testEnv: process.env,
  env: { TRUSTED_PROXIES: '127.0.0.1/32', PROOF_OF_WORK_TRIES: '4' },
});
const stack = opened as Stack;
let watch: Watch;
beforeAll(async () => {
  if (opened !== undefined) watch = await watchFacts(opened);
});
afterAll(async () => {
  await watch?.close();
  await opened?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const wide = {
  openSessions: 1_000,
  sessionStartsPerMinute: 1_000,
  tokensPerDay: 100_000_000,
  microsPerDay: 1_000_000_000,
};
const soon = { timeout: 20_000, interval: 100 };
const statuses = (answers: readonly Answer[]): Record<number, number> => {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};
const times = <T>(count: number, work: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => work(n)));
const report = (responseId: string, audioOut: number) => ({
  responseId,
  text_in: 0,
  text_out: 0,
  audio_in: 0,
  audio_out: audioOut,
});

describe.skipIf(opened === undefined)('a hostile client', () => {
  it('that races itself ends a call once and is counted once', async () => {
    const shop = await shopOn(stack, wide);
    const granted = await shop.start();
    await times(100, () => shop.say('/api/heartbeat', granted));
    const reports = await times(100, () => shop.say('/api/usage/report', granted, report('r1', 1_000)));
    const counted = reports.filter(({ status }) => status === 200);
    expect(counted.length).toBeGreaterThan(0);
    await expect
      .poll(async () => (await shop.say('/api/usage/report', granted, report('r1', 1_000))).body.tokens, {
        timeout: 70_000,
        interval: 2_000,
      })
      .toBe(1_000);
    const ends = await times(100, () => shop.say('/api/session/end', granted));
    expect(Object.keys(statuses(ends)).every((status) => ['200', '429', '503'].includes(status))).toBe(true);
    await expect.poll(() => watch.of('vox.session.ended.v1', shop.tenantId), soon).toHaveLength(1);
  }, 120_000);

  it('that takes the last start of a minute a hundred times at once gets it once', async () => {
    const shop = await shopOn(stack, { ...wide, sessionStartsPerMinute: 5 });
    const answers = await times(100, () => shop.start());
    expect(statuses(answers)[200]).toBe(5);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(
      refused.every(({ body }) => body.scope === ('session-starts' as never) || body.code === ('UNAVAILABLE' as never)),
    ).toBe(true);
  }, 60_000);

  it('that lies about usage changes nothing, or only raises the total', async () => {
    const shop = await shopOn(stack, wide);
    const other = await shopOn(stack, wide);
    const [mine, theirs] = [await shop.start(), await other.start()];
    for (const lie of [
      { audio_out: -1 },
      { audio_out: 0.5 },
      { audio_out: 1e12 },
      { audio_out: '1' },
      { responseId: '' },
    ])
      expect((await shop.say('/api/usage/report', mine, { ...report('r', 1), ...lie })).status).toBe(400);
    const stolen = await shop.post(
      '/api/usage/report',
      { sm_session_id: theirs.body.sm_session_id, ...report('r', 1) },
      shop.bearer(mine.body.session_token),
    );
    expect([stolen.status, stolen.body.code]).toEqual([404, 'NOT_FOUND']);
    await shop.say('/api/usage/report', mine, report('r1', 100));
    expect((await shop.say('/api/usage/report', mine, report('r1', 1))).body.tokens).toBe(100);
    await shop.say('/api/session/end', mine);
    expect((await shop.say('/api/usage/report', mine, report('r2', 50))).body.tokens).toBe(150);
  });

  it('that alters, swaps or forges tokens is a stranger', async () => {
    const shop = await shopOn(stack, wide);
    const other = await shopOn(stack, wide);
    const widget = String((await shop.bootstrap()).body.widgetSessionToken);
    const granted = await shop.start();
    const session = String(granted.body.session_token);
    const [head = '', body = '', signature = ''] = widget.split('.');
    const decoded = JSON.parse(Buffer.from(body, 'base64url').toString());
    const { kid } = JSON.parse(Buffer.from(head, 'base64url').toString());
    const { privateKey } = await generateKeyPair('EdDSA');
    const forge = (header: object) =>
      new SignJWT(decoded).setProtectedHeader({ alg: 'EdDSA', typ: 'vox-widget+jwt', ...header }).sign(privateKey);
    const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const forgeries = [
      session,
      `${head}.${encoded({ ...decoded, tenantId: other.tenantId })}.${signature}`,
      `${head}.${encoded({ ...decoded, exp: decoded.exp + 9_999 })}.${signature}`,
      `${encoded({ alg: 'none', typ: 'vox-widget+jwt' })}.${body}.`,
      `${encoded({ alg: 'HS256', typ: 'vox-widget+jwt', kid })}.${body}.${signature}`,
      new UnsecuredJWT(decoded).encode(),
      await forge({ kid }),
      await forge({ kid: '../../etc/passwd' }),
      await forge({ kid, crit: ['b64'], b64: true }).catch(() => 'a.b.c'),
      `${widget}x`,
      widget.slice(0, -2),
      'x'.repeat(5_000),
    ];
    for (const token of forgeries)
      expect((await shop.post('/api/session', {}, shop.bearer(token))).status, token.slice(0, 60)).toBe(401);
    expect(
      (await shop.post('/api/heartbeat', { sm_session_id: granted.body.sm_session_id }, shop.bearer(widget))).status,
    ).toBe(401);
    const replayed = await shop.post('/api/session', { tenantId: other.tenantId }, shop.bearer(widget));
    expect(replayed.body.code).toBe('INVALID_WIDGET_KEY');
  });

  it('that replays, shares or carries away a proof of work is blocked', async () => {
    const bot = { mode: 'proof-of-work', whenUnavailable: 'deny' };
    const [shop, other] = [await shopOn(stack, wide, bot), await shopOn(stack, wide, bot)];
    const boot = await shop.bootstrap();
    const { challenge } = boot.body.challenge as unknown as {
      challenge: Parameters<typeof solveChallenge>[0]['challenge'];
    };
    const solution = await solveChallenge({ challenge, deriveKey });
    const proof = Buffer.from(JSON.stringify({ challenge, solution })).toString('base64');
    const start = (of: Shop) =>
      of.post('/api/session', { widgetKey: of.widgetKey, bot: { kind: 'proof-of-work', proof } });
    expect((await start(other)).body.code).toBe('BOT_BLOCKED');
    const raced = await times(20, () => start(shop));
    expect(statuses(raced)).toEqual({ 200: 1, 403: 19 });
  });

  it('that rotates addresses meets the /64, and past it the tenant’s own caps', async () => {
    const shop = await shopOn(stack, { ...wide, openSessions: 7 });
    const one = await times(120, (n) => shop.bootstrap(`2001:db8:0:1::${n.toString(16)}`));
    expect(statuses(one)).toEqual({ 200: 80, 429: 40 });
    const many = await times(60, (n) =>
      shop.post('/api/session', { widgetKey: shop.widgetKey }, {}, `2001:db8:${n.toString(16)}::1`),
    );
    expect(statuses(many)[200]).toBe(7);
    expect((await stack.operator.ask(ListSessions, { tenantId: shop.tenantId, actor: 'test' })).sessions).toHaveLength(
      7,
    );
  }, 60_000);

  it('that sends slowly, much or oddly is cut off, and others are served meanwhile', async () => {
    const shop = await shopOn(stack, wide);
    const { hostname, port } = new URL(stack.url);
    const slow = Array.from({ length: 50 }, () => {
      const socket = connect({ host: hostname, port: Number(port) });
      socket.on('error', () => undefined);
      socket.resume();
      socket.write('POST /api/session HTTP/1.1\r\nHost: x\r\n');
      return socket;
    });
    const cut = Promise.all(slow.map((socket) => new Promise((resolve) => socket.once('close', resolve))));
    expect((await shop.start()).status).toBe(200);
    await cut;
    const headers = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`x-${n}`, '1']));
    const status = await new Promise((resolve) => {
      const sent = httpRequest({ host: hostname, port, path: '/api/session', method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', () => resolve('cut'));
      sent.end();
    });
    expect([431, 'cut']).toContain(status);
    const smuggled = await new Promise<string>((resolve) => {
      let heard = '';
      const socket = connect({ host: hostname, port: Number(port) });
      socket.on('data', (bytes) => {
        heard += bytes.toString();
      });
      socket.on('close', () => resolve(heard));
      socket.write(
        'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n',
      );
    });
    expect(smuggled).toMatch(/^HTTP\/1\.1 400/);
    expect(smuggled).not.toContain('200 OK');
  }, 60_000);
});

describe.skipIf(opened === undefined)('under load', () => {
  /** Calls that begin and end all the while. `stop` answers how they went. */
  function traffic(shop: Shop) {
    let stopped = false;
    const answers: Answer[] = [];
    const visitor = async (): Promise<void> => {
      while (!stopped) {
        const granted = await shop.start();
        answers.push(granted);
        if (granted.status !== 200) continue;
        answers.push(await shop.say('/api/heartbeat', granted), await shop.say('/api/session/end', granted));
      }
    };
    const visitors = times(4, visitor);
    return async () => {
      stopped = true;
      await visitors;
      return answers;
    };
  }

  it('a revoked key is refused everywhere within a second, and its calls end: 200 times', async () => {
    const stop = traffic(await shopOn(stack, wide));
    const shop = await shopOn(stack, wide);
    const delaysMs: number[] = [];
    for (let n = 0; n < 200; n += 1) {
      const asked = { tenantId: shop.tenantId, label: `k${n}`, origins: ['https://shop.example'], actor: 'test' };
      const { widgetKey } = await stack.operator.ask(CreateWidgetKey, asked);
      const start = () => shop.post('/api/session', { widgetKey });
      await expect.poll(async () => (await start()).status, { timeout: 2_000, interval: 5 }).toBe(200);
      await stack.operator.ask(RevokeWidgetKey, { tenantId: shop.tenantId, widgetKey, actor: 'test' });
      const from = performance.now();
      while ((await start()).status === 200);
      delaysMs.push(performance.now() - from);
    }
    await stop();
    delaysMs.sort((a, b) => a - b);
    expect(delaysMs[197]).toBeLessThan(1_000);
    await expect
      .poll(
        async () =>
          (await stack.operator.ask(ListSessions, { tenantId: shop.tenantId, actor: 'test' })).sessions.length,
        soon,
      )
      .toBe(0);
  }, 180_000);

  it('a suspended tenant’s calls end, and none begins', async () => {
    const shop = await shopOn(stack, wide);
    const granted = await times(20, () => shop.start());
    expect(statuses(granted)).toEqual({ 200: 20 });
    await stack.operator.ask(SetTenantStatus, { tenantId: shop.tenantId, status: 'suspended', actor: 'test' });
    await expect.poll(async () => (await shop.start()).body.code, { timeout: 1_000 }).toBe('TENANT_SUSPENDED');
    await expect.poll(() => watch.of('vox.session.ended.v1', shop.tenantId).length, soon).toBe(20);
  });

  it('services are restarted one by one with SIGTERM, and signing keys rotate: no request fails, no call ends wrongly', async () => {
    const shop = await shopOn(stack, wide);
    const living = await times(10, () => shop.start());
    const stop = traffic(await shopOn(stack, wide));
    for (const name of ['quota-1', 'quota-2', 'session-broker-1', 'session-broker-2', 'compliance', 'auth'])
      expect(
        await stack.services
          .find((service) => service.name === name)
          ?.stop()
          .then((status) => stack.restart(name).then(() => status)),
      ).toBe(0);
    for (const use of ['widget', 'session'] as const)
      await stack.operator.ask(RotateSigningKey, { use, actor: 'test' });
    const answers = await stop();
    expect(Object.keys(statuses(answers))).toEqual(['200']);
    expect(answers.length).toBeGreaterThan(50);
    expect(statuses(await times(10, (n) => shop.say('/api/heartbeat', living[n] as Answer)))).toEqual({ 200: 10 });
  }, 120_000);
});
