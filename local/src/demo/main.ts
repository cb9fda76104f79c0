import { natsBus } from '@vox/platform/bus';
import { busSettings, httpUrl, positive } from '@vox/platform/config';
import { listen } from '@vox/platform/http';
import { configured } from '@vox/platform/lifecycle';
import { systemClock as clock } from '@vox/platform/time';
import { z } from 'zod';
import { demoPage } from './page.ts';
import { demoTenant } from './tenant.ts';

const schema = z.object({
  ...busSettings,
  HOST: z.string().default('127.0.0.1'),
  PORT: positive(65_535).default(8_090),
  VOX_URL: httpUrl().describe('where a browser reaches edge-guard'),
  PAGE_ORIGIN: httpUrl().describe('where a browser reaches this page'),
});
const settings = configured('the demo page', { schema, rules: [] }, process.env, process.argv);
const bus = await natsBus({
  servers: settings.NATS_URL,
  ca: settings.NATS_CA,
  service: 'operator',
  nkeySeed: settings.NATS_NKEY_SEED,
  clock,
  onThrow: () => undefined,
});
const widgetKey = await demoTenant(bus, settings.PAGE_ORIGIN);
const page = await listen(
  demoPage(settings.VOX_URL, () => widgetKey),
  { host: settings.HOST, port: settings.PORT },
);
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => {
    void page
      .close(0)
      .then(bus.close)
      .then(() => process.exit(0));
  });
