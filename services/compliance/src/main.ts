import { randomBytes, randomUUID } from 'node:crypto';
import { openBus, openClock, openStore, runService } from '@vox/platform/lifecycle';
import { openMasterKeys } from '@vox/platform/master-keys';
import { config } from './config.ts';
import { mongoStores } from './mongo.ts';
import { startCompliance } from './service.ts';

const name = 'compliance';

await runService({
  name,
  ...config,
  env: process.env,
  argv: process.argv,
  async open(settings, lifecycle) {
    const { log } = lifecycle;
    const store = await openStore(name, settings, lifecycle);
    const keys = await openStore(name, { ...settings, MONGODB_DATABASE: settings.MONGODB_KEYS_DATABASE }, lifecycle);
    const bus = await openBus(name, settings, lifecycle);
    const clock = await openClock(bus, lifecycle);
    const compliance = await startCompliance({
      bus,
      copy: lifecycle.copy,
      ...(await mongoStores(store, keys)),
      pace: { everyEntries: settings.AUDIT_CHECKPOINT_ENTRIES, everyMs: settings.AUDIT_CHECKPOINT_SECONDS * 1_000 },
      sweepMs: settings.SWEEP_MS,
      retentionSweepMs: settings.RETENTION_SWEEP_SECONDS * 1_000,
      graceMs: settings.TRANSCRIPT_GRACE_SECONDS * 1_000,
      masterKeys: openMasterKeys(settings, lifecycle, clock),
      clock,
      uuid: randomUUID,
      random: randomBytes,
      log,
    });
    lifecycle.onStop(compliance.stop);
  },
});
