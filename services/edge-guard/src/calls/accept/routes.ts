import { callPath } from '@vox/contracts';
import { noStore } from '@vox/platform/http';
import { requestDuration } from '@vox/platform/telemetry';
import { bot } from '../../bot/mod.ts';
import { ofCall } from '../../call-access/mod.ts';
import { body, route } from '../../checks/mod.ts';
import { clientIp } from '../../client/mod.ts';
import { consent } from '../../consent/mod.ts';
import { idempotency } from '../../idempotency/mod.ts';
import { bearer, caller, shownWidgetToken } from '../../identity/mod.ts';
import { knownAddressLimit, strangerLimit, userLimit } from '../../limits/mod.ts';
import { callerOrigin } from '../../origin/mod.ts';
import { namedTenant, tenantOfRefusals, tenantOpen } from '../../tenant/mod.ts';
import { endCall } from '../command/end-call.ts';
import { keepAlive } from '../command/keep-alive.ts';
import { reportUsage } from '../command/report-usage.ts';
import { requestSession } from '../command/request-session.ts';
import { sayTyped } from '../command/say-typed.ts';
import { EndAnswer, HeartbeatAnswer, SayAnswer, SessionAnswer, UsageAnswer } from './answers.ts';
import { EndBody, HeartbeatBody, SayBody, SessionBody, UsageBody } from './bodies.ts';
import { callMode } from './call-mode.ts';

/** A call from its beginning to its end. */
export const callRoutes = [
  route({
    method: 'post',
    paths: [callPath],
    summary:
      'Asks for a call: with an `offer` for one that the server makes, without for a client secret. Under an Idempotency-Key header the same request gets the same grant.',
    credential: 'widget token or key',
    checks: [
      clientIp,
      strangerLimit,
      knownAddressLimit,
      bearer,
      shownWidgetToken,
      body(SessionBody),
      caller,
      tenantOfRefusals,
      namedTenant,
      userLimit,
      callerOrigin,
      tenantOpen,
      callMode,
      idempotency,
      consent,
      bot,
    ],
    command: requestSession,
    answer: SessionAnswer,
    head: noStore,
    duration: requestDuration,
  }),
  route({
    method: 'post',
    paths: ['/api/heartbeat', '/api/realtime/heartbeat'],
    summary: 'Says that the call lives, and hears what is left of it.',
    credential: 'session token',
    checks: [clientIp, strangerLimit, bearer, ofCall(HeartbeatBody)],
    command: keepAlive,
    answer: HeartbeatAnswer,
  }),
  route({
    method: 'post',
    paths: ['/api/usage/report', '/api/auth/usage'],
    summary:
      'Reports what one response used. The same report again changes nothing, and neither does one of a brokered call: the provider’s own numbers count there.',
    credential: 'session token',
    checks: [clientIp, strangerLimit, bearer, ofCall(UsageBody)],
    command: reportUsage,
    answer: UsageAnswer,
  }),
  route({
    method: 'post',
    paths: ['/api/session/say'],
    summary:
      'Says what the visitor typed in a brokered call: the agent answers it, and it is kept as what is spoken is. A direct call takes typed words over its data channel.',
    credential: 'session token',
    checks: [clientIp, strangerLimit, bearer, ofCall(SayBody)],
    command: sayTyped,
    answer: SayAnswer,
    head: noStore,
  }),
  route({
    method: 'post',
    paths: ['/api/session/end'],
    summary: 'Ends the call. Works with sendBeacon.',
    credential: 'session token',
    checks: [clientIp, strangerLimit, bearer, ofCall(EndBody)],
    command: endCall,
    answer: EndAnswer,
  }),
] as const;
