import { sealKeysFrom } from '@vox/platform/crypto';
import { egress, wayOutOf } from '@vox/platform/egress';
import { openBus, openClock, openStore, runService } from '@vox/platform/lifecycle';
import { config } from './config.ts';
import { mongoStores } from './mongo.ts';
import { configuredProviders } from './provider/publish/configured.ts';
import { headersGiven, openedRows } from './provider-headers.ts';
import { startBroker } from './service.ts';

const name = 'session-broker';
const hangUpTimeoutMs = 2_000;

await runService({
  name,
  schema: config.schema,
  rules: [...config.rules, headersGiven(process.env)],
  env: process.env,
  argv: process.argv,
  async open(settings, lifecycle) {
    const store = await openStore(name, settings, lifecycle);
    const bus = await openBus(name, settings, lifecycle);
    const clock = await openClock(bus, lifecycle);
    const broker = await startBroker({
      bus,
      copy: lifecycle.copy,
      ...(await mongoStores(store)),
      transcriptionModel: settings.TRANSCRIPTION_MODEL,
      providers: configuredProviders(openedRows(settings.PROVIDERS, process.env), {
        apiKey: lifecycle.fresh('OPENAI_API_KEY', settings.OPENAI_API_KEY),
        baseUrl: settings.OPENAI_BASE_URL,
        secretSeconds: settings.CLIENT_SECRET_SECONDS,
        hangUpTimeoutMs,
        transcriptionModel: settings.TRANSCRIPTION_MODEL,
      }),
      sealKey: sealKeysFrom(settings.SEAL_KEY, settings.SEAL_KEY_PREVIOUS),
      toolEgress: egress({
        ...{ purpose: 'tools', ports: settings.TOOL_PORTS },
        allowLoopback: settings.TOOL_LOOPBACK,
        ...wayOutOf(settings),
      }),
      toolBounds: { perSession: settings.TOOL_CALLS_PER_SESSION, perMinute: settings.TOOL_CALLS_PER_MINUTE },
      proveSeconds: settings.PROVE_CALL_SEC,
      clock,
      log: lifecycle.log,
      sweepMs: settings.SWEEP_MS,
    });
    lifecycle.onStop(broker.stop);
  },
});
