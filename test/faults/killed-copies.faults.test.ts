import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateWidgetKey, rights, VerifyAudit } from '@vox/shared/contracts';
import { describe, expect, it } from 'vitest';
import { callsOfADay, operationsOfADay, type Shops, shopsOfADay } from './day.ts';
import {
  type Answer,
  answeredMs,
  balance,
  faultStack,
  preload,
  type Stack,
  serviceNamed,
  shopOn,
  times,
  wide,
} from './harness.ts';
import { collectionsOf, commandsDuring, pointsOf } from './points.ts';

const pointFile = join(mkdtempSync(join(tmpdir(), 'vox-crash-')), 'point');
const opened = await faultStack({
  copies: { 'edge-guard': 2 },
  env: {
    NODE_OPTIONS: preload('./crash-here.ts'),
    CRASH_POINT: pointFile,
    // Chains are signed as soon as there is something to sign.
    AUDIT_CHECKPOINT_ENTRIES: '5',
    AUDIT_CHECKPOINT_SECONDS: '1',
    // A verifier that never answers, so that policies which flag do so.
    TURNSTILE_SITE_KEY: 'site',
    TURNSTILE_SECRET_KEY: 'secret',
    TURNSTILE_VERIFY_URL: 'http://127.0.0.1:1/',
  },
});
const stack = opened as Stack;

async function day(shops: Shops): Promise<Answer[]> {
  const [answers] = await Promise.all([
    callsOfADay(shops),
    operationsOfADay(stack, { tenantId: shops.managed.tenantId }),
  ]);
  return answers;
}

const points: (readonly [string, string])[] = [];
if (opened !== undefined) {
  const shops = await shopsOfADay(stack);
  const commands = await commandsDuring(stack, () => day(shops));
  const collections = await collectionsOf(stack);
  for (const service of Object.keys(rights))
    for (const point of service === 'operator' ? [] : await pointsOf(service, collections.get(service) ?? [], commands))
      points.push([stack.services.find(({ name }) => name.startsWith(service))?.name ?? service, point]);
}

/** From now on the copy kills itself at a point. */
function arm(copy: string, point: string) {
  writeFileSync(pointFile, point);
  const armed = serviceNamed(stack, copy);
  armed.kill('SIGUSR2');
  return armed;
}

describe.skipIf(opened === undefined)('a copy that is killed', () => {
  it('has a point for every fact it tells, every document it writes and every message it acknowledges', () => {
    expect(points.length).toBeGreaterThanOrEqual(50);
    expect(points).toContainEqual(['quota-1', 'publish:vox.quota.adjusted.']);
    expect(points).toContainEqual(['edge-guard-1', 'redis:set']);
  });

  it.each(points.filter(([copy]) => !copy.startsWith('edge-guard')))(
    '%s at %s: every visitor is answered once and in time, and the books balance',
    async (copy, point) => {
      const shops = await shopsOfADay(stack);
      const armed = arm(copy, point);
      const answers: Answer[] = [];
      // The work is shared among copies: until the armed one has had its part.
      for (let round = 0; round < 12 && !armed.exited(); round += 1) answers.push(...(await day(shops)));
      await expect.poll(() => armed.exited(), { timeout: 15_000 }).toBe(true);
      await stack.restart(copy);
      expect(answers.every(({ sentMs }) => sentMs < answeredMs)).toBe(true);
      const ids = answers.flatMap(({ body }) => body.id ?? []);
      expect(ids.length).toBeGreaterThan(0);
      expect(new Set(ids).size).toBe(ids.length);
      await balance(stack, 60_000);
      const { tenantId } = shops.usual;
      expect((await stack.operator.ask(VerifyAudit, { tenantId }, { timeoutMs: 10_000 })).broken).toBeNull();
      const asked = { tenantId, label: 'after', origins: ['https://after.example'], actor: 'test' };
      const { widgetKey } = await stack.operator.ask(CreateWidgetKey, asked);
      const start = () => shops.usual.post('/api/session', { widgetKey }, { origin: 'https://after.example' });
      await expect.poll(async () => (await start()).status, { timeout: 5_000 }).toBe(200);
    },
    180_000,
  );

  it.each(points.filter(([copy]) => copy.startsWith('edge-guard')))(
    '%s at %s: whoever lost his answer asks again at the next door, and gets one call at most',
    async (copy, point) => {
      const [here, there] = stack.urls;
      const shops = await shopsOfADay({ ...stack, url: here ?? '' });
      const shop = await shopOn({ ...stack, url: here ?? '' }, wide);
      const next = shop.at(there ?? '');
      const armed = arm(copy, point);
      for (let round = 0; round < 12 && !armed.exited(); round += 1) {
        const clicks = times(3, async () => {
          const click = { 'idempotency-key': randomUUID() };
          const token = shop.bearer((await next.bootstrap()).body.widgetSessionToken);
          const first = await shop.post('/api/session', {}, { ...token, ...click }).catch(() => undefined);
          if (first !== undefined) return [first];
          return [await next.post('/api/session', {}, { ...token, ...click })];
        });
        await Promise.all([day(shops).catch(() => undefined), clicks]);
        for (const [answer] of await clicks) {
          // A click that is still under way is told so; it is never answered with a second call.
          expect([200, 409]).toContain(answer?.status);
          expect(answer?.sentMs).toBeLessThan(answeredMs);
        }
      }
      await expect.poll(() => armed.exited(), { timeout: 15_000 }).toBe(true);
      expect((await next.start()).status).toBe(200);
      await stack.restart(copy);
      expect((await shop.start()).status).toBe(200);
      // What was granted and never reached its visitor ends by itself.
      await balance(stack, 60_000);
    },
    180_000,
  );
});
