import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { acting } from '../values/acting.ts';
import { Identity, identityKinds, SessionId, TenantId, WidgetKey } from '../values/ids.ts';
import { plainText } from '../values/plain-text.ts';
import { EndReason } from './session.ts';

const session = { tenantId: TenantId, sessionId: SessionId };
const seconds = z.number().int().nonnegative();

/** The state of a session. `unknown` also stands for another tenant's session. */
const SessionState = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('live'),
    startedAt: z.iso.datetime().describe('first heartbeat'),
    lastSeenAt: z.iso.datetime(),
    durationSeconds: seconds,
    idleSeconds: seconds,
    endsAt: z.iso.datetime(),
    remainingSeconds: seconds,
  }),
  z.object({ kind: z.literal('ended'), reason: EndReason, maxSeconds: seconds }),
  z.object({ kind: z.literal('unknown') }),
]);

export const Heartbeat = question(
  'session-broker',
  'heartbeat',
  'The call lives: marks it seen, enforces idle and duration, and says what is left.',
  z.strictObject({
    ...session,
    active: z.boolean().describe('false when nobody has spoken since the last heartbeat'),
    callId: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,128}$/)
      .optional()
      .describe('the provider’s id of the call, so that it can be hung up'),
  }),
  SessionState,
);

export const EndSession = question(
  'session-broker',
  'end',
  'Ends a visitor’s session as its own browser asks, if it lives.',
  z.strictObject(session),
  SessionState,
);

/** The longest text that a visitor may type at once, in UTF-16 units. */
const typedMax = 1_000;

/** What a visitor types into its call. */
export const TypedText = plainText(typedMax)
  .refine((text) => text.trim() !== '', 'must have words')
  .describe('what the visitor types; the agent hears it as said');

export const SayInCall = question(
  'session-broker',
  'say',
  'Says what the visitor typed in a brokered call that lives, and has the agent answer. Throws the fault of a refusal.',
  z.strictObject({ ...session, text: TypedText }),
  z.object({ ok: z.literal(true) }),
);

/** What a visitor's page asks of its own call. */
export const visitorQuestions = [Heartbeat, EndSession, SayInCall] as const;

export const EndSessionByAdmin = question(
  'session-broker',
  'end-one',
  'Ends one session of a tenant, if it lives.',
  z.strictObject({ ...session, ...acting }),
  SessionState,
  { action: 'sessions.end' },
);

export const EndSessions = question(
  'session-broker',
  'end-many',
  'Ends all live sessions of a tenant, or of one of its keys. Others may begin: to refuse those too is what the kill switch is for.',
  z.strictObject({ tenantId: TenantId, widgetKey: WidgetKey.optional(), ...acting }),
  z.object({
    ended: z.number().int().nonnegative(),
    done: z
      .boolean()
      .default(true)
      .describe('false while others of them are still being ended, which goes on by itself; the list shows which live'),
  }),
  { action: 'sessions.end' },
);

export const ListSessions = question(
  'session-broker',
  'list',
  'A tenant’s open sessions, in the order of their ids. Each page leaves an entry in the audit log; one that a login or an API key reads again within the same ten minutes leaves no other.',
  z.strictObject({
    tenantId: TenantId,
    widgetKey: WidgetKey.optional().describe('calls under this key alone'),
    kind: z.enum(identityKinds).optional().describe('calls of the widget or of the console alone'),
    after: SessionId.optional().describe('`next` of the page before'),
    limit: z.number().int().min(1).max(1_000).default(1_000),
    ...acting,
  }),
  z.object({
    sessions: z.array(
      z.object({
        sessionId: SessionId,
        identity: Identity,
        grantedAt: z.iso.datetime(),
        endsAt: z.iso.datetime(),
        connected: z.boolean(),
      }),
    ),
    next: SessionId.nullable().default(null),
  }),
  { action: 'sessions.list' },
);
