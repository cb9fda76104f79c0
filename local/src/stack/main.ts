import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { positive } from '@vox/platform/config';
import { listen } from '@vox/platform/http';
import { configured } from '@vox/platform/lifecycle';
import { z } from 'zod';
import { demoPage } from '../demo/page.ts';
import { demoTenant } from '../demo/tenant.ts';
import { telemetryOf } from './settings.ts';
import { openStack } from './stack.ts';

const schema = z.object({
  PORT: positive(65_535).default(8_080).describe('where edge-guard listens, on loopback'),
  PAGE_PORT: positive(65_535).default(8_090).describe('where the demo page is served, on loopback'),
  OPENAI_API_KEY: z.string().optional().describe('uses OpenAI instead of the simulator'),
  STACK_FOLDER: z.string().optional().describe('where data and logs are kept, instead of .stack'),
});
const settings = configured('the stack', { schema, rules: [] }, process.env, process.argv);
const folder = settings.STACK_FOLDER ?? fileURLToPath(new URL('../../../.stack', import.meta.url));

const stack = await openStack({
  folder,
  kept: true,
  port: settings.PORT,
  openAiKey: settings.OPENAI_API_KEY,
  env: telemetryOf(process.env),
});
if (stack === undefined) {
  process.stderr.write('the stack needs nats-server, redis-server and mongod on the PATH\n');
  process.exit(1);
}
let widgetKey = '';
const page = await listen(
  demoPage(stack.url, () => widgetKey),
  { host: '127.0.0.1', port: settings.PAGE_PORT },
);
widgetKey = await demoTenant(stack.operator, page.url);
const linesOf = (env: object): string[] => Object.entries(env).map(([name, value]) => `${name}=${value}`);
const [environment, bootstrap, reading] = [stack.operatorEnv, stack.bootstrapEnv, stack.reconcileEnv].map((env) =>
  linesOf(env).join(' '),
);
const headers = `-H 'Origin: ${page.url}' -H 'Content-Type: application/json'`;
process.stdout.write(`
VOX runs in ${stack.services.length} processes on real servers. Data and logs are in ${join(folder)}.

Open ${page.url} and press the round button, or ask for a call:

  curl -s ${stack.url}/api/session ${headers} -d '{"widgetKey":"${widgetKey}"}'

Every mail, with the codes to sign in, is shown at ${stack.mailUrl}.

Manage it:

  ${environment} npx vox tenant show demo

Compare streams, buckets and consumers with the contracts:

  ${bootstrap} npx vox bus diff

Compare what the services keep and have published:

  ${reading} make reconcile

`);

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    if (stopping) process.exit(1);
    stopping = true;
    void page
      .close(0)
      .then(stack.stop)
      .then(() => process.exit(0));
  });
