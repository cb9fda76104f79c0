import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { positive } from '@vox/platform/config';
import { listen } from '@vox/platform/http';
import { configured } from '@vox/platform/lifecycle';
import { z } from 'zod';
import { demoPage } from '../demo/page.ts';
import { demoTenant } from '../demo/tenant.ts';
import type { ScrapedCopy } from '../viewer/samples.ts';
import { hearFacts } from '../viewer/sources.ts';
import { openViewer } from '../viewer/viewer.ts';
import { telemetryOf } from './settings.ts';
import { openStack } from './stack.ts';

const schema = z.object({
  PORT: positive(65_535).default(8_080).describe('where edge-guard listens, on loopback'),
  PAGE_PORT: positive(65_535).default(8_090).describe('where the demo page is served, on loopback'),
  VIEWER_PORT: positive(65_535).default(8_095).describe('where traces, facts and metrics are shown, on loopback'),
  OPENAI_API_KEY: z.string().optional().describe('uses OpenAI instead of the simulator'),
  STACK_FOLDER: z.string().optional().describe('where data and logs are kept, instead of .stack'),
});
const settings = configured('the stack', { schema, rules: [] }, process.env, process.argv);
const folder = settings.STACK_FOLDER ?? fileURLToPath(new URL('../../../.stack', import.meta.url));

let copies: readonly ScrapedCopy[] = [];
const viewer = await openViewer({
  port: settings.VIEWER_PORT,
  copies: () => copies,
});
const given = telemetryOf(process.env);
/** Traces go where the environment says, and to the viewer where it says nothing. */
const isElsewhere = Object.keys(given).some((name) => /EXPORTER|ENDPOINT/.test(name));
const stack = await openStack({
  folder,
  kept: true,
  port: settings.PORT,
  openAiKey: settings.OPENAI_API_KEY,
  env: isElsewhere ? given : { ...given, ...viewer.env },
});
if (stack === undefined) {
  process.stderr.write('the stack needs nats-server, redis-server and mongod on the PATH\n');
  process.exit(1);
}
const { NATS_URL = '', NATS_NKEY_SEED: nkeySeed } = stack.operatorEnv;
const facts = await hearFacts({ servers: [NATS_URL], nkeySeed }, viewer.facts);
copies = stack.services.map(({ name, privateUrl: url }) => ({ name, url }));
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

The console is at ${stack.url}/console. Invite somebody, and open the link of the mail:

  ${environment} npx vox member invite demo owner@demo.example --role owner

Every mail, with the codes to sign in, is shown at ${stack.mailUrl}.

Facts and metrics${isElsewhere ? '' : ', and traces of each call,'} are shown at ${viewer.url}.

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
      .then(facts.stop)
      .then(stack.stop)
      .then(viewer.close)
      .then(() => process.exit(0));
  });
