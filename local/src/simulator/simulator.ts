import type { UpgradeListener } from '@vox/platform/http';
import express, { type Express } from 'express';
import { keyOnly, openToPages } from './access.ts';
import { type CallsDoor, type CallsOptions, callsOf, doorTo } from './calls/calls.ts';
import { sidebandDoor } from './calls/sideband.ts';
import { control } from './control.ts';
import { faults } from './faults.ts';
import { liveRoutes } from './live/routes.ts';
import { models } from './models.ts';
import { realtimeRoutes } from './realtime/routes.ts';
import { clientSecrets } from './realtime/secrets.ts';
import type { Script } from './realtime/turn.ts';
import { someUsage, type TurnUsage } from './realtime/usage.ts';
import { Settings, type SomeSettings, tuned } from './settings.ts';

export type { Account } from './calls/books.ts';
export type { CallsDoor } from './calls/calls.ts';
export type { Event } from './calls/protocol.ts';
export type { SomeSettings } from './settings.ts';

export type SimulatorOptions = Readonly<{
  apiKey: string;
  now: () => Date;
  turnMs?: number;
  turnUsage?: TurnUsage;
  script?: Script;
  settings?: SomeSettings;
}>;

export type Simulator = Readonly<{
  app: Express;
  /** Takes the sidebands: whoever serves `app` and wants them gives this to `listen`. */
  upgrade: UpgradeListener;
  calls: CallsDoor;
  close: () => Promise<void>;
}>;

const bodyBytes = 65_536;
const traceparentsMax = 100;

/**
 * The provider's Realtime and Live APIs as far as VOX, its widget and the official clients use them: client secrets,
 * WebRTC calls, sidebands, hanging up, models. Under `/simulator/…` a test controls it.
 */
export function simulator(options: SimulatorOptions): Simulator {
  const { apiKey, now, turnMs = 4_000, turnUsage = someUsage, script } = options;
  const injected = faults();
  const seen = { secrets: 0, transcribed: 0, calls: 0, hangups: 0, traceparents: [] as string[] };
  let settings = Settings.parse(options.settings ?? {});
  let conversation = tuned(turnMs, turnUsage, { script });
  const held: CallsOptions = { now, faults: injected, settings: () => settings, conversation: () => conversation };
  const calls = callsOf(held);
  const shared = { ...held, apiKey, withKey: keyOnly(apiKey), calls, faults: injected, seen };

  const app = express();
  app.disable('x-powered-by');
  app.use('/v1', openToPages, (request, _response, next) => {
    const traceparent = request.get('traceparent');
    if (traceparent !== undefined) seen.traceparents = [...seen.traceparents, traceparent].slice(-traceparentsMax);
    next();
  });
  app.use(
    express.json({ limit: '256kb' }),
    express.text({ type: 'application/sdp', limit: bodyBytes }),
    express.raw({ type: 'multipart/form-data', limit: '1mb' }),
  );
  app.use('/v1/realtime', realtimeRoutes({ ...shared, secrets: clientSecrets(now) }));
  app.use('/v1/live/sessions', liveRoutes(shared));
  app.use('/v1/models', models(shared));

  const tune: Parameters<typeof control>[0]['tune'] = (tuning) => {
    conversation = tuned(turnMs, turnUsage, { script, ...tuning });
  };
  const set = (over: unknown): void => {
    settings = Settings.parse({ ...options.settings, ...(over as object) });
  };
  const state = (): object => ({
    ...seen,
    open: calls.open().length,
    sidebands: calls.sidebands(),
    packetsHeard: calls.open().reduce((sum, call) => sum + call.packetsHeard(), 0),
  });
  app.use('/simulator', control({ faults: injected, tune, set, calls, state }));

  return { app, upgrade: sidebandDoor(shared), calls: doorTo(calls), close: () => calls.endAll('simulator') };
}
