import { codeRulesOf, defaultsOf } from '@vox/auth/config';
import { openOperatorDoor } from '@vox/cli/operator-door';
import { memoryBus } from '@vox/platform/bus';
import { listen } from '@vox/platform/http';
import { configured, startOpenTelemetry } from '@vox/platform/lifecycle';
import { logger } from '@vox/platform/telemetry';
import { systemClock } from '@vox/platform/time';
import { demoPage } from '../demo/page.ts';
import { openDemoShop } from '../demo/shop.ts';
import { demoDraft, demoTenant, inviteDemoOwner } from '../demo/tenant.ts';
import { demoScript, demoTools } from '../demo/tools.ts';
import { overheard, ownSpans } from '../viewer/sources.ts';
import { openViewer } from '../viewer/viewer.ts';
import { openAllInOne } from './all-in-one.ts';
import { config } from './config.ts';
import { memoryStores } from './stores.ts';

const settings = configured('the all-in-one mode', config, process.env, process.argv);
const apiKey = settings.OPENAI_API_KEY;
const log = logger({ service: 'all-in-one', level: 'warn' });
const onThrow = (error: unknown): void => log.warn({ error }, 'a handler failed and will be tried again');
const viewer = await openViewer({
  port: settings.VIEWER_PORT,
  metrics: (request, response) => telemetry.metrics(request, response),
});
const telemetry = startOpenTelemetry('all-in-one', {}, [ownSpans('all-in-one', viewer.traces.take)]);
const bus = overheard(memoryBus({ onThrow }), viewer.facts);
const shop = await openDemoShop();
const allInOne = await openAllInOne({
  ...{ script: demoScript, toolEgress: shop.toolEgress },
  bus,
  stores: memoryStores(),
  port: settings.PORT,
  clock: systemClock,
  log,
  defaults: defaultsOf(settings),
  codeRules: codeRulesOf(settings),
  mailPort: settings.MAIL_PORT,
  proofTries: settings.PROOF_OF_WORK_TRIES,
  ipLimit: { perMinute: settings.RATE_IP_PER_MIN, burst: settings.RATE_BURST },
  transcriptionModel: settings.TRANSCRIPTION_MODEL,
  provider: apiKey === undefined ? undefined : { apiKey, baseUrl: settings.OPENAI_BASE_URL },
});
const operators = await openOperatorDoor(bus, process.cwd(), log);
let widgetKey = '';
const page = await listen(
  demoPage(allInOne.url, () => widgetKey),
  { host: '127.0.0.1', port: settings.PAGE_PORT },
);
const agents = demoDraft.agents.map((agent) => ({ ...agent, tools: demoTools }));
widgetKey = await demoTenant(bus, page.url, { ...demoDraft, agents });
await shop.lendKey(bus, demoDraft.tenantId);
const owner = await inviteDemoOwner(bus);
const providerName = apiKey === undefined ? 'a simulated provider' : `the provider at ${settings.OPENAI_BASE_URL}`;
const headers = `-H 'Origin: ${page.url}' -H 'Content-Type: application/json'`;
process.stdout.write(`
VOX runs in one process, with ${providerName}.
All state is in memory and is gone when it stops (Ctrl-C).

Open ${page.url} and press the round button, or ask for a call:

  curl -s ${allInOne.url}/api/session ${headers} -d '{"widgetKey":"${widgetKey}"}'

The console is at ${allInOne.url}/console. Its first owner, ${owner}, has a mail with a link that leads there.
Every mail, with the codes to sign in, is shown at ${allInOne.mailUrl}.

Traces, facts and metrics of each call are shown at ${viewer.url}.

Manage it, in this folder:

  npx vox tenant show demo

`);

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) process.exit(1);
    stopping = true;
    void operators
      .close()
      .then(() => page.close(0))
      .then(allInOne.stop)
      .then(shop.close)
      .then(() => bus.close())
      .then(telemetry.stop)
      .then(viewer.close)
      .then(() => process.exit(0));
  });
}
