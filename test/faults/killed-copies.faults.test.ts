import { randomUUID } from 'node:crypto';
import { CreateWidgetKey, rights, VerifyAudit } from '@vox/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { callsOfADay, daysMost, operationsOfADay, type Shops, shopsOfADay } from './day.ts';
import {
  type Answer,
  answeredMs,
  arm,
  armFirst,
  balance,
  commandsComeBack,
  crashing,
  serviceNamed,
  serviceOf,
  shopOn,
  slowest,
  testStack,
  times,
  wide,
} from './harness.ts';
import { collectionsOf, commandsDuring, pointsOf } from './points.ts';

const { isOpen, stack } = await testStack({
  copies: { 'edge-guard': 2 },
  env: {
    ...crashing,
    // Chains are signed as soon as there is something to sign.
    AUDIT_CHECKPOINT_ENTRIES: '5',
    AUDIT_CHECKPOINT_SECONDS: '1',
    // A verifier that never answers, so that policies with `flag` do flag.
    TURNSTILE_SITE_KEY: 'site',
    TURNSTILE_SECRET_KEY: 'secret',
    TURNSTILE_VERIFY_URL: 'https://93.184.216.34/',
    EGRESS_REFUSED_NETWORKS: '93.184.216.0/24',
  },
});

async function day(shops: Shops): Promise<Answer[]> {
  const [answers] = await Promise.all([
    callsOfADay(shops),
    operationsOfADay(stack, { tenantId: shops.managed.tenantId }),
  ]);
  return answers;
}

/** The points of each service. */
const points = new Map<string, readonly string[]>();
async function findPoints(): Promise<void> {
  const shops = await shopsOfADay(stack);
  const commands = await commandsDuring(stack, () => day(shops));
  const collections = await collectionsOf(stack);
  for (const service of Object.keys(rights))
    if (copiesOf(service).length > 0)
      points.set(service, await pointsOf(service, collections.get(service) ?? [], commands));
}
const copiesOf = (service: string) => stack.services.filter(({ name }) => serviceOf(name) === service);
if (isOpen)
  await findPoints().catch(async (error: unknown) => {
    // Without tests nothing else would stop it.
    await stack.stop();
    throw error;
  });
const door = 'edge-guard-1';
const doors = points.get('edge-guard') ?? [];
const others = [...points].filter(([service]) => service !== 'edge-guard');
/** Two points of each service behind the doors: what one leaves undone meets the work of another. */
const atATime = 2;
const rows = Array.from({ length: Math.ceil(Math.max(0, ...others.map(([, all]) => all.length)) / atATime) }, (_, n) =>
  others
    .map(([service, all]) => [service, all.slice(n * atATime, (n + 1) * atATime)] as const)
    .filter(([, some]) => some.length > 0),
);

/** Services that have a point before them. */
const waiting = new Set<string>();

describe.skipIf(!isOpen)('a copy that is killed', () => {
  // Each begins on a whole stack, whatever the one before left.
  beforeEach(async () => {
    const left = stack.services.filter(({ name, exited }) => exited() || waiting.has(serviceOf(name)));
    waiting.clear();
    await Promise.all(left.map(({ name }) => stack.restart(name)));
    if (left.length > 0) await commandsComeBack(stack, 30_000);
  });

  it('has a point for every fact, document and acknowledgement that it writes', () => {
    expect([...points.values()].flat().length).toBeGreaterThanOrEqual(60);
    expect(points.get('quota')).toContain('publish:vox.quota.adjusted.');
    expect(doors).toContain('redis:set');
  });

  it.each(
    rows.map((row) => [row.map(([service, some]) => `${service} at ${some.join(' and ')}`).join(', '), row] as const),
  )(
    '(one of %s) leaves every visitor answered once and in time, and ledgers that reconcile',
    async (_title, row) => {
      const shops = await shopsOfADay(stack);
      const left = new Map(row.map(([service, some]) => [service, [...some]]));
      const armNext = (service: string): void => {
        const point = left.get(service)?.shift();
        if (point === undefined) return void waiting.delete(service);
        waiting.add(service);
        armFirst(copiesOf(service), point);
      };
      for (const [service] of row) armNext(service);
      const startAgain = async (): Promise<readonly string[]> => {
        const over = stack.services.filter(({ exited }) => exited());
        await Promise.all(over.map(({ name }) => stack.restart(name)));
        for (const { name } of over) armNext(serviceOf(name));
        return [...waiting];
      };
      const answers: Answer[] = [];
      // Some points are reached on some days alone.
      for (let round = 0; round < daysMost && waiting.size > 0; round += 1) {
        answers.push(...(await day(shops)));
        await startAgain();
      }
      await expect.poll(startAgain, { timeout: 15_000 }).toEqual([]);
      expect(slowest(answers)).toBeLessThan(answeredMs);
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
    400_000,
  );

  it.each(doors)(
    'as a door, at %s, gives a visitor who asks the next door again one call at most',
    async (point) => {
      const [here, there] = stack.urls;
      const shops = await shopsOfADay({ ...stack, url: here ?? '' });
      const shop = await shopOn({ ...stack, url: here ?? '' }, wide);
      const next = shop.at(there ?? '');
      const dying = arm(serviceNamed(stack, door), point);
      waiting.add('edge-guard');
      for (let round = 0; round < daysMost && !dying.exited(); round += 1) {
        const clicks = times(3, async () => {
          const click = { 'idempotency-key': randomUUID() };
          const token = shop.bearer((await next.bootstrap()).body.widgetSessionToken);
          const first = await shop.post('/api/session', {}, { ...token, ...click }).catch(() => undefined);
          if (first !== undefined) return [first];
          return [await next.post('/api/session', {}, { ...token, ...click })];
        });
        await Promise.all([day(shops).catch(() => undefined), clicks]);
        for (const [answer] of await clicks) {
          // A click that is still under way gets an answer that says so, and never a second call.
          expect([200, 409]).toContain(answer?.status);
          expect(answer?.sentMs).toBeLessThan(answeredMs);
        }
      }
      await expect.poll(() => dying.exited(), { timeout: 15_000 }).toBe(true);
      expect((await next.start()).status).toBe(200);
      waiting.clear();
      await stack.restart(door);
      expect((await shop.start()).status).toBe(200);
      // A grant that never reached its visitor ends by itself.
      await balance(stack, 60_000);
    },
    400_000,
  );
});
