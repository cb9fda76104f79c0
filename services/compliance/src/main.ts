import { openBus, openStore, runService } from '@vox/shared/lifecycle';
import { config } from './config.ts';
import { mongoAuditLog } from './keep/mongo.ts';
import { startCompliance } from './service.ts';

const name = 'compliance';

await runService({
  name,
  ...config,
  env: process.env,
  argv: process.argv,
  async open(settings, house) {
    const store = await openStore(name, settings, house);
    const bus = await openBus(name, settings, house);
    const compliance = await startCompliance({ bus, auditLog: await mongoAuditLog(store), log: house.log });
    house.onStop(compliance.stop);
  },
});
