import { randomBytes } from 'node:crypto';
import express, { type Express, type RequestHandler } from 'express';
import { answerCall, type Call } from './call.ts';
import { type Conversation, control, type Tuning } from './control.ts';
import { faults, refusal } from './faults.ts';
import { ClientSecretRequest, clientSecrets, isTranscribed } from './secrets.ts';
import { someScript, type TurnUsage } from './turn.ts';

export type SimulatorOptions = Readonly<{
  apiKey: string;
  now: () => Date;
  turnMs?: number;
  turnUsage?: TurnUsage;
}>;

export type Simulator = Readonly<{ app: Express; close: () => Promise<void> }>;

const someUsage: TurnUsage = { textIn: 60, audioIn: 30, cachedIn: 40, textOut: 20, audioOut: 80 };
const offerBytes = 65_536;
const traceparentsMax = 100;

/**
 * The provider's Realtime API as far as VOX and its widget use it: client secrets, WebRTC calls, hanging up. Under
 * `/simulator/…` a test controls it.
 */
export function simulator({ apiKey, now, turnMs = 4_000, turnUsage = someUsage }: SimulatorOptions): Simulator {
  const secrets = clientSecrets(now);
  const injected = faults();
  const calls = new Map<string, Call>();
  const seen = { secrets: 0, transcribed: 0, calls: 0, hangups: 0, traceparents: [] as string[] };
  let conversation: Conversation = { turnMs, turnUsage, script: someScript };
  const hangUpAll = async (): Promise<void> => {
    await Promise.all([...calls.values()].map((call) => call.close()));
  };

  const app = express();
  app.disable('x-powered-by');
  app.use('/v1', openToPages, (request, _response, next) => {
    const traceparent = request.get('traceparent');
    if (traceparent !== undefined) seen.traceparents = [...seen.traceparents, traceparent].slice(-traceparentsMax);
    next();
  });
  app.use(express.json({ limit: '256kb' }), express.text({ type: 'application/sdp', limit: offerBytes }));

  const withKey: RequestHandler = (request, response, next) => {
    if (request.get('authorization') === `Bearer ${apiKey}`) return next();
    response.status(401).json(refusal('invalid_request_error', 'invalid_api_key', 'Incorrect API key provided.'));
  };

  app.post('/v1/realtime/client_secrets', withKey, injected.handler, (request, response) => {
    const wanted = ClientSecretRequest.safeParse(request.body);
    if (!wanted.success) {
      response.status(400).json(refusal('invalid_request_error', null, 'The request body is not valid.'));
      return;
    }
    const { value, expiresAt, session } = secrets.mint(wanted.data);
    seen.secrets += 1;
    if (isTranscribed(session)) seen.transcribed += 1;
    response.json({ value, expires_at: expiresAt, session: { object: 'realtime.session', ...session } });
  });

  app.post('/v1/realtime/calls', async (request, response) => {
    const secret = /^Bearer (ek_\w+)$/.exec(request.get('authorization') ?? '')?.[1];
    const session = secret === undefined ? undefined : secrets.spend(secret);
    if (session === undefined) {
      response
        .status(401)
        .json(refusal('invalid_request_error', 'invalid_client_secret', 'This secret begins no call.'));
      return;
    }
    if (typeof request.body !== 'string' || !request.body.startsWith('v=0')) {
      response.status(400).json(refusal('invalid_request_error', null, 'The offer is no SDP.'));
      return;
    }
    const id = `rtc_${randomBytes(12).toString('hex')}`;
    const call = await answerCall(request.body, { session, ...conversation, onClosed: () => calls.delete(id) });
    calls.set(id, call);
    seen.calls += 1;
    response.status(201).location(`/v1/realtime/calls/${id}`).type('application/sdp').send(call.answer);
  });

  app.post('/v1/realtime/calls/:id/hangup', withKey, async (request, response) => {
    const call = calls.get(String(request.params.id));
    if (call === undefined) {
      response.status(404).json(refusal('invalid_request_error', 'call_not_found', 'There is no such call.'));
      return;
    }
    seen.hangups += 1;
    await call.close();
    response.status(200).end();
  });

  const tune = (over: Tuning): void => {
    conversation = {
      turnMs: over.turnMs ?? turnMs,
      turnUsage: over.turnUsage ?? turnUsage,
      script: over.script ?? someScript,
    };
  };
  const state = (): object => ({
    ...seen,
    open: calls.size,
    packetsHeard: [...calls.values()].reduce((sum, call) => sum + call.packetsHeard(), 0),
  });
  app.use('/simulator', control({ faults: injected, tune, hangUpAll, state }));

  return { app, close: hangUpAll };
}

/** Pages of any origin talk to the provider, with a client secret as their only proof. */
const openToPages: RequestHandler = (request, response, next) => {
  response.set({
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Headers': 'Authorization, Content-Type',
    'Access-Control-Expose-Headers': 'Location',
  });
  if (request.method !== 'OPTIONS') return next();
  response.status(204).end();
};
