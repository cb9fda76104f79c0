import { memoryBus } from '@vox/shared/bus';
import { ConfigError, readConfig } from '@vox/shared/config';
import { logger } from '@vox/shared/telemetry';
import { systemClock } from '@vox/shared/time';
import { defaultsOf, type Settings, schema } from './config.ts';
import { demoTenant } from './demo-tenant.ts';
import { openHouse } from './house.ts';
import { memoryStores } from './stores.ts';

/** The exit status of a configuration that cannot be used (EX_CONFIG of sysexits.h). */
const badConfiguration = 78;

function settingsOrExit(): Settings {
  try {
    const settings = readConfig(schema, process.env);
    if (settings.NODE_ENV === 'production')
      throw new ConfigError(['NODE_ENV: the all-in-one mode keeps everything in memory and refuses production']);
    return settings;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(badConfiguration);
  }
}

const settings = settingsOrExit();
if (process.argv.includes('--check')) {
  process.stdout.write('the configuration is good\n');
  process.exit(0);
}
const apiKey = settings.OPENAI_API_KEY;
const log = logger({ service: 'all-in-one', level: 'warn' });
const bus = memoryBus({ onThrow: (error) => log.warn({ error }, 'a handler failed and will be tried again') });
const house = await openHouse({
  bus,
  stores: memoryStores(),
  port: settings.PORT,
  clock: systemClock,
  log,
  defaults: defaultsOf(settings),
  ipLimit: { perMinute: settings.RATE_IP_PER_MIN, burst: settings.RATE_BURST },
  provider: apiKey === undefined ? undefined : { apiKey, baseUrl: settings.OPENAI_BASE_URL },
});
const widgetKey = await demoTenant(bus, house.url);
process.stdout.write(`
VOX runs in one process, with ${apiKey === undefined ? 'a simulated provider' : `the provider at ${settings.OPENAI_BASE_URL}`}.
All state is in memory and is gone when it stops (Ctrl-C).

Ask for a call:

  curl -s ${house.url}/api/session -H 'Origin: ${house.url}' -H 'Content-Type: application/json' -d '{"widgetKey":"${widgetKey}"}'

`);

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) process.exit(1);
    stopping = true;
    void house
      .stop()
      .then(() => bus.close())
      .then(() => process.exit(0));
  });
}
