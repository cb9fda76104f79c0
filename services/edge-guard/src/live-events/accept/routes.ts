import { sessionToken } from '../../call-access/mod.ts';
import { route } from '../../checks/mod.ts';
import { clientIp } from '../../client/mod.ts';
import { bearer, tokenRequired } from '../../identity/mod.ts';
import { callLimit, strangerLimit } from '../../limits/mod.ts';
import { callOrigin } from '../../origin/mod.ts';
import { tenantOfRefusals } from '../../tenant/mod.ts';
import { followCall } from '../command/follow-call.ts';
import { callEvents } from './events.ts';
import { lastEvent } from './last-event.ts';
import { sendEvents } from './send-events.ts';

/** What happens in a call, while it lives. */
export const liveEventRoutes = [
  route({
    method: 'get',
    paths: ['/api/session/events'],
    summary:
      'What happens in a call, until it ends: what is left, who speaks, captions, what the agent shows and asks, the warning, the end. To be read with fetch, which can send the token in a header. In a direct call there are no captions, and an open stream counts as a heartbeat: open it once the call is connected.',
    credential: 'session token',
    checks: [
      clientIp,
      strangerLimit,
      bearer,
      tokenRequired,
      sessionToken,
      callOrigin,
      tenantOfRefusals,
      callLimit,
      lastEvent,
    ],
    command: followCall,
    events: callEvents,
    send: sendEvents,
  }),
] as const;
