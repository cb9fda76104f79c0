import { randomBytes, randomUUID } from 'node:crypto';
import { egress } from '@vox/platform/egress';
import { openBus, openClock, openStore, runService } from '@vox/platform/lifecycle';
import { config, defaultsOf } from './config.ts';
import { mongoStores } from './mongo.ts';
import { startAuth } from './service.ts';

const name = 'auth';

await runService({
  name,
  ...config,
  env: process.env,
  argv: process.argv,
  async open(settings, lifecycle) {
    const store = await openStore(name, settings, lifecycle);
    const bus = await openBus(name, settings, lifecycle);
    const clock = await openClock(bus, lifecycle);
    const auth = await startAuth({
      bus,
      ...(await mongoStores(store)),
      defaults: defaultsOf(settings),
      sealKey: settings.SEAL_KEY,
      clock,
      uuid: randomUUID,
      random: randomBytes,
      egress: egress({ ports: settings.WEBHOOK_PORTS, allowLoopback: settings.WEBHOOK_LOOPBACK }),
      log: lifecycle.log,
      sweepMs: 1_000,
    });
    lifecycle.onStop(auth.stop);
  },
});
