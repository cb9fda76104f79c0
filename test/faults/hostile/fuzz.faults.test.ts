import { CreateWidgetKey } from '@vox/contracts';
import { demoDraft } from '@vox/local/demo-tenant';
import { describe, expect, it } from 'vitest';
import { fuzz, operations, plan } from '../../fuzz/fuzz.ts';
import { knownOf } from '../../fuzz/known.ts';
import { newAddress, shopOn } from '../../stack/visitor.ts';
import { hostileStack, wide } from './harness.ts';

const { isOpen, stack } = await hostileStack();
const origin = 'https://shop.example';
/** Routes that are asked at once: each waits until its deadline. */
const lanes = 20;
const cases = operations.map((operation) => [operation.method, operation.path, operation] as const);

describe.skipIf(!isOpen)('a fuzzed request, on real servers,', async () => {
  if (!isOpen) return;
  const [shop, rival] = [await shopOn(stack, wide), await shopOn(stack, wide)];
  const elsewhere = { tenantId: rival.tenantId, label: 'theirs', origins: ['https://rival.example'], actor: 'test' };
  const { widgetKey: theirs } = await stack.operator.ask(CreateWidgetKey, elsewhere);
  const settings = stack.services.flatMap(({ env }) => Object.entries(env));
  const keys = settings.filter(([name]) => /SEED|KEY|SECRET/.test(name)).map(([, value]) => value);
  let sent = 0;
  const target = {
    url: () => stack.urls[sent++ % stack.urls.length] ?? stack.url,
    known: () => knownOf({ url: stack.url, origin, mine: shop.widgetKey, theirs, headers: headers() }),
    secrets: () => [...keys, rival.tenantId, demoDraft.agents[0]?.instructions ?? ''],
    headers,
  };
  function headers() {
    return { 'x-forwarded-for': newAddress() };
  }

  it.each(cases)(
    'to %s %s is answered as documented: no 5xx, no internals, nothing of another tenant',
    async (_method, path, operation) => {
      // The journey of the same name signs in: here nobody reads the mail with the code, and only the proof is fuzzed.
      const isManaged = /^\/api\/(?:auth\/(?!usage)|v1\/)/.test(path);
      const { granted } = await fuzz(target, operation, plan(process.env, isManaged ? 25 : 250));
      // No tool of the agents is run here: the journey has a shop that one of them asks. A direct call is typed into
      // over its data channel.
      expect(granted).toBeGreaterThanOrEqual(isManaged || /tools\/execute|session\/say/.test(path) ? 0 : 1);
    },
  );

  it('is answered as documented by every route while NATS hangs, with a 503 at most', async () => {
    const known = await target.known();
    const unable = { ...target, known: async () => known, unable: [503] };
    const waiting = [...operations];
    const lane = async (): Promise<void> => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const { method, path } = next;
        await fuzz(unable, next, plan({}, 5)).catch((error: Error) => {
          throw new Error(`${method} ${path}: ${error.message}`);
        });
      }
    };
    stack.servers.nats.kill('SIGSTOP');
    try {
      await Promise.all(Array.from({ length: lanes }, lane));
    } finally {
      stack.servers.nats.kill('SIGCONT');
    }
    await expect.poll(async () => (await shop.start()).status, { timeout: 30_000, interval: 250 }).toBe(200);
  }, 400_000);
});
