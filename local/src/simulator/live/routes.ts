import { type RequestHandler, Router } from 'express';
import { noSuchCall, refuse } from '../access.ts';
import type { Calls } from '../calls/calls.ts';
import { isOffer } from '../calls/offer.ts';
import type { Faults } from '../faults.ts';
import type { Conversation, Settings } from '../settings.ts';
import { liveProtocol } from './conversation.ts';
import { LiveRequest } from './session.ts';

export type LiveRoutes = Readonly<{
  withKey: RequestHandler;
  calls: Calls;
  faults: Faults;
  now: () => Date;
  settings: () => Settings;
  conversation: () => Conversation;
  seen: { calls: number };
}>;

/** `/v1/live/sessions`: sessions over WebRTC. They are ended over their sideband. */
export function liveRoutes({ withKey, calls, faults, now, settings, conversation, seen }: LiveRoutes): Router {
  const router = Router();
  router.use(withKey);
  router.post('/', faults.handler('live'), async (request, response) => {
    const wanted = LiveRequest.safeParse(request.body);
    if (!wanted.success)
      return refuse(response, 400, 'invalid_value', 'This is not valid.', paramOf(wanted.error.issues[0]));
    const { session, transport } = wanted.data;
    if (!isOffer(transport.sdp)) return refuse(response, 400, null, 'The offer is no SDP.', 'transport.sdp');
    const begun = await calls
      .begin({
        ...{ kind: 'live', mode: 'key', offer: transport.sdp, model: session.model },
        safetyIdentifier: session.safety_identifier ?? request.get('openai-safety-identifier'),
        protocol: (call) => liveProtocol({ ...call, session, now, conversation: conversation(), settings: settings() }),
      })
      .catch(() => undefined);
    if (begun === undefined)
      return refuse(response, 400, 'invalid_offer', 'The offer cannot be read.', 'transport.sdp');
    seen.calls += 1;
    response.status(201).json({ session: { id: begun.id }, transport: { type: 'webrtc', sdp: begun.answer } });
  });
  // These are for calls by telephone, of which there are none here.
  for (const deed of ['accept', 'hangup', 'reject', 'refer'])
    router.post(`/:id/${deed}`, (_request, response) => noSuchCall(response));
  return router;
}

const paramOf = (issue: Readonly<{ path: readonly PropertyKey[]; keys?: unknown }> | undefined): string =>
  [...(issue?.path ?? []), ...(Array.isArray(issue?.keys) ? issue.keys.slice(0, 1) : [])].map(String).join('.');
