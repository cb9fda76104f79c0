import { openBus, openClock, openStore, runService } from '@vox/platform/lifecycle';
import { boundsOf, config } from './config.ts';
import { listPricesIn } from './decide/prices.ts';
import { mongoBudgets, mongoRequests, mongoUsageDays } from './keep/mongo.ts';
import { startQuota } from './service.ts';

const name = 'quota';

await runService({
  name,
  ...config,
  env: process.env,
  argv: process.argv,
  async open(settings, lifecycle) {
    const store = await openStore(name, settings, lifecycle);
    const bus = await openBus(name, settings, lifecycle);
    const clock = await openClock(bus, lifecycle);
    const quota = await startQuota({
      bus,
      budgets: await mongoBudgets(store),
      requests: await mongoRequests(store),
      usageDays: await mongoUsageDays(store),
      prices: settings.PRICE_TABLE ?? listPricesIn(settings.PROVIDER_REGION),
      bounds: boundsOf(settings),
      clock,
      log: lifecycle.log,
      copy: lifecycle.copy,
      sweepMs: settings.SWEEP_MS,
    });
    lifecycle.onStop(quota.stop);
  },
});
