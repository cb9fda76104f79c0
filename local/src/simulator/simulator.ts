import { randomBytes } from 'node:crypto';
import express, { type Express, type RequestHandler } from 'express';
import { z } from 'zod';
import { answerCall, type Call } from './call.ts';
import { Fault, faults, refusal } from './faults.ts';
import { Manner } from './manner.ts';
import { isTranscribed, SecretWanted, secrets } from './secrets.ts';
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
const Armed = z.object({ fault: Fault, times: z.number().int().min(1).max(1_000).default(1) });
const Tuned = z.object({
  turnMs: z.number().int().min(0).max(60_000).optional(),
  turnUsage: z
    .object({
      textIn: z.number(),
      audioIn: z.number(),
      cachedIn: z.number(),
      textOut: z.number(),
      audioOut: z.number(),
    })
    .optional(),
  script: z
    .object({
      heard: z.array(z.string()).min(1),
      said: z.array(z.string()).min(1),
      manners: z.array(Manner).min(1).optional(),
    })
    .optional()
    .describe('what both sides say'),
});
const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/**
 * The provider's Realtime API as far as VOX and its widget use it: client secrets, WebRTC calls, hanging up. `/simulator/…` arms faults, tunes
 * the conversation and shows what was seen; it answers this machine only.
 */
export function simulator({ apiKey, now, turnMs = 4_000, turnUsage = someUsage }: SimulatorOptions): Simulator {
  const waiting = secrets(now);
  const broken = faults();
  const calls = new Map<string, Call>();
  const seen = { secrets: 0, transcribed: 0, calls: 0, hangups: 0, traceparents: [] as string[] };
  let tuned = { turnMs, turnUsage, script: someScript };

  const app = express();
  app.disable('x-powered-by');
  app.use('/v1', openToPages, (request, _response, next) => {
    const traceparent = request.get('traceparent');
    if (traceparent !== undefined) seen.traceparents = [...seen.traceparents, traceparent].slice(-100);
    next();
  });
  app.use(express.json({ limit: '256kb' }), express.text({ type: 'application/sdp', limit: offerBytes }));

  const withKey: RequestHandler = (request, response, next) => {
    if (request.get('authorization') === `Bearer ${apiKey}`) return next();
    response.status(401).json(refusal('invalid_request_error', 'invalid_api_key', 'Incorrect API key provided.'));
  };

  app.post('/v1/realtime/client_secrets', withKey, broken.handler, (request, response) => {
    const wanted = SecretWanted.safeParse(request.body);
    if (!wanted.success) {
      response.status(400).json(refusal('invalid_request_error', null, 'The request body is not valid.'));
      return;
    }
    const { value, expiresAt, session } = waiting.mint(wanted.data);
    seen.secrets += 1;
    if (isTranscribed(session)) seen.transcribed += 1;
    response.json({ value, expires_at: expiresAt, session: { object: 'realtime.session', ...session } });
  });

  app.post('/v1/realtime/calls', async (request, response) => {
    const secret = /^Bearer (ek_\w+)$/.exec(request.get('authorization') ?? '')?.[1];
    const session = secret === undefined ? undefined : waiting.spend(secret);
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
    const call = await answerCall(request.body, { session, ...tuned, onClosed: () => calls.delete(id) });
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

  app.use('/simulator', (request, response, next) => {
    if (loopback.has(request.socket.remoteAddress ?? '')) return next();
    response.status(404).end();
  });
  app.post('/simulator/faults', (request, response) => {
    const { fault, times } = Armed.parse(request.body);
    broken.arm(fault, times);
    response.json({ ok: true });
  });
  app.delete('/simulator/faults', (_request, response) => {
    broken.clear();
    response.json({ ok: true });
  });
  app.put('/simulator/conversation', (request, response) => {
    const { turnMs: every, turnUsage: usage, script } = Tuned.parse(request.body);
    tuned = { turnMs: every ?? turnMs, turnUsage: usage ?? turnUsage, script: script ?? someScript };
    response.json({ ok: true });
  });
  app.delete('/simulator/calls', async (_request, response) => {
    await Promise.all([...calls.values()].map((call) => call.close()));
    response.json({ ok: true });
  });
  app.get('/simulator/state', (_request, response) => {
    const packetsHeard = [...calls.values()].reduce((sum, call) => sum + call.packetsHeard(), 0);
    response.json({ ...seen, open: calls.size, packetsHeard });
  });

  return {
    app,
    async close() {
      await Promise.all([...calls.values()].map((call) => call.close()));
    },
  };
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
