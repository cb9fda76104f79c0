import { type RequestHandler, type Response, Router } from 'express';
import { noSuchCall, refuse } from '../access.ts';
import type { Calls } from '../calls/calls.ts';
import { hasChannel, isOffer } from '../calls/offer.ts';
import type { Mode } from '../calls/protocol.ts';
import type { Faults } from '../faults.ts';
import type { Conversation, Settings } from '../settings.ts';
import { readBegun } from './body.ts';
import { unknownField } from './configuration.ts';
import { realtimeProtocol } from './conversation.ts';
import { ClientSecretRequest, type ClientSecrets, isTranscribed, Session } from './secrets.ts';

/** How often something was asked for. */
export type Seen = { secrets: number; transcribed: number; calls: number; hangups: number };

export type RealtimeRoutes = Readonly<{
  apiKey: string;
  withKey: RequestHandler;
  secrets: ClientSecrets;
  calls: Calls;
  faults: Faults;
  settings: () => Settings;
  conversation: () => Conversation;
  seen: Seen;
}>;

/** `/v1/realtime`: client secrets, calls over WebRTC, and hanging up. */
export function realtimeRoutes(options: RealtimeRoutes): Router {
  const { withKey, calls, faults, seen } = options;
  const router = Router();
  router.post('/client_secrets', withKey, faults.handler('client_secrets'), mint(options));
  router.post('/calls', authorized(options), faults.handler('calls'), begin(options));
  router.post('/calls/:id/hangup', withKey, faults.handler('hangup'), async (request, response) => {
    if (!(await calls.end(String(request.params.id), 'hangup'))) return noSuchCall(response);
    seen.hangups += 1;
    response.status(200).end();
  });
  // These are for calls by telephone, of which there are none here.
  for (const deed of ['accept', 'reject', 'refer'])
    router.post(`/calls/:id/${deed}`, withKey, (_request, response) => noSuchCall(response));
  return router;
}

const mint =
  ({ secrets, seen }: RealtimeRoutes): RequestHandler =>
  (request, response) => {
    const wanted = ClientSecretRequest.safeParse(request.body ?? {});
    if (!wanted.success) return refuse(response, 400, null, 'The request body is not valid.');
    const { value, expiresAt, session } = secrets.mint(wanted.data);
    seen.secrets += 1;
    if (isTranscribed(session)) seen.transcribed += 1;
    response.json({ value, expires_at: expiresAt, session: { object: 'realtime.session', ...session } });
  };

/** Who begins a call, and with which session if it was said before. */
type Caller = Readonly<{ mode: Mode; session: Session | undefined }>;
const callerOf = (response: Response): Caller => response.locals.caller as Caller;

const authorized =
  ({ apiKey, secrets }: RealtimeRoutes): RequestHandler =>
  (request, response, next) => {
    const credential = /^Bearer (\S+)$/.exec(request.get('authorization') ?? '')?.[1] ?? '';
    const session = credential.startsWith('ek_') ? secrets.spend(credential) : undefined;
    if (credential.startsWith('ek_') && session === undefined)
      return refuse(response, 401, 'invalid_client_secret', 'This secret begins no call.');
    if (session === undefined && credential !== apiKey)
      return refuse(response, 401, 'invalid_api_key', 'Incorrect API key provided.');
    response.locals.caller = { mode: session === undefined ? 'key' : 'ephemeral', session } satisfies Caller;
    next();
  };

const begin =
  ({ calls, settings, conversation, seen }: RealtimeRoutes): RequestHandler =>
  async (request, response) => {
    const { mode, session: before } = callerOf(response);
    const { offer, session: given } = await readBegun(request);
    if (!isOffer(offer)) return refuse(response, 400, null, 'The offer is no SDP.', 'sdp');
    if (!hasChannel(offer) && settings().offersWithoutChannel === 'refused')
      return refuse(response, 400, 'invalid_offer', 'The offer has no data channel.', 'sdp');
    const session = before ?? readSession(given, response);
    if (session === undefined) return;
    const begun = await calls
      .begin({
        ...{ kind: 'realtime', mode, offer, model: session.model },
        safetyIdentifier: request.get('openai-safety-identifier'),
        protocol: ({ expiresAt }) => realtimeProtocol({ session, expiresAt, conversation: conversation() }),
      })
      .catch(() => undefined);
    if (begun === undefined) return refuse(response, 400, 'invalid_offer', 'The offer cannot be read.', 'sdp');
    seen.calls += 1;
    locate(response, begun.id);
    response.status(201).type('application/sdp').send(begun.answer);
  };

function readSession(given: unknown, response: Response): Session | undefined {
  const { success, data } = Session.safeParse(given);
  const strange = success ? unknownField(data) : undefined;
  if (!success)
    refuse(response, 400, 'invalid_value', 'The session is not valid: it needs a type and a model.', 'session');
  if (strange !== undefined) refuse(response, 400, strange.code, strange.message, strange.param);
  return strange === undefined ? data : undefined;
}

/** Where the call is, or where the fault that is armed says. */
function locate(response: Response, id: string): void {
  const told = response.locals.location as string | undefined;
  const location = told === undefined ? `/v1/realtime/calls/${id}` : told.replace('{id}', id);
  if (location !== '') response.set('Location', location);
}
