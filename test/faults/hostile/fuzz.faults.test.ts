import { CreateWidgetKey } from '@vox/contracts';
import { demoDraft } from '@vox/local/demo-tenant';
import { describe, expect, it } from 'vitest';
import { fuzz, operations, plan } from '../../fuzz/fuzz.ts';
import { knownOf } from '../../fuzz/known.ts';
import { newAddress, shopOn } from '../../stack/visitor.ts';
import { hostileStack, wide } from './harness.ts';

const { isOpen, stack } = await hostileStack();
const origin = 'https://shop.example';
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
      // The journey of the same name signs in: here nobody reads the mail with the code.
      const least = /^\/api\/(?:auth\/(?!usage)|v1\/)/.test(path) ? 0 : 1;
      const { granted } = await fuzz(target, operation, plan(process.env, 1_000));
      expect(granted).toBeGreaterThanOrEqual(least);
    },
  );

  it.each(cases)(
    'to %s %s is answered as documented while NATS hangs, with a 503 at most',
    async (_method, _path, operation) => {
      const known = await target.known();
      stack.servers.nats.kill('SIGSTOP');
      try {
        await fuzz({ ...target, known: async () => known, unable: [503] }, operation, plan({}, 15));
      } finally {
        stack.servers.nats.kill('SIGCONT');
      }
      await expect.poll(async () => (await shop.start()).status, { timeout: 20_000, interval: 250 }).toBe(200);
    },
  );
});
