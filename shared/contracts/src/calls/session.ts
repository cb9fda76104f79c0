import { z } from 'zod';
import { factKind } from '../kinds/fact.ts';
import { ProviderId } from '../providers/provider.ts';
import { AddressMark, AgentId, Identity, ModelName, SessionId, TenantId, VoiceName } from '../values/ids.ts';
import { CallMode } from './call-mode.ts';

const session = { tenantId: TenantId, sessionId: SessionId, identity: Identity };
const call = { agentId: AgentId, model: ModelName, voice: VoiceName };
const seconds = z.number().int().nonnegative();
const mode = CallMode.optional().describe('unset means direct');

/** Why a request got no session. Each stands for one code of the HTTP contract. */
export const DenialReason = z.enum([
  'tenant-suspended',
  'key-revoked',
  'unknown-agent',
  'model-not-allowed',
  'voice-not-allowed',
  'mode-not-allowed',
  'model-without-price',
  'model-ended',
  'rate-of-starts',
  'too-many-open',
  'quota',
  'expired',
  'provider',
  'offer',
  'unavailable',
]);
export type DenialReason = z.infer<typeof DenialReason>;

/** The limit that was reached. */
export const DenialScope = z.enum([
  'session-starts',
  'tenant',
  'key',
  'visitor',
  'user',
  'address',
  'tokens',
  'dollars',
  'minutes',
]);
export type DenialScope = z.infer<typeof DenialScope>;

export const Denial = z.object({
  reason: DenialReason,
  scope: DenialScope.optional(),
  retryAfterSeconds: seconds.optional(),
  resetsAt: z.iso.datetime().optional(),
});
export type Denial = z.infer<typeof Denial>;

/** Why a session ended: a closed list, one reason for each end. */
export const EndReason = z.enum([
  'client',
  'idle',
  'max_duration',
  'quota',
  'key_revoked',
  'admin',
  'provider',
  'never_connected',
  'policy',
  'privacy',
]);
export type EndReason = z.infer<typeof EndReason>;

/**
 * Who ended a call, where the reason does not say: `agent` used its tool end_call. The reason is `client` then, which
 * says that a party of the call has left it.
 */
export const EndedBy = z.enum(['agent']);
export type EndedBy = z.infer<typeof EndedBy>;

/**
 * What shows that a brokered call is over at the provider: the provider said so, it answered our hanging up, it knows
 * no such call, or its longest time for any call has passed.
 */
export const EndConfirmation = z.enum(['provider', 'hang-up', 'unknown-to-provider', 'provider-limit']);
export type EndConfirmation = z.infer<typeof EndConfirmation>;

/**
 * What the edge looked at before it let a request pass. `bot-unverified` stands for one that passed because the
 * verifier gave no answer, as the tenant’s policy allows; where no proof is asked for, neither stands.
 */
export const SessionCheck = z.enum(['address-limit', 'user-limit', 'origin', 'consent', 'bot', 'bot-unverified']);
export type SessionCheck = z.infer<typeof SessionCheck>;

export const SessionRequested = factKind({
  name: 'vox.session.requested',
  version: 1,
  scope: 'session',
  stream: 'VOX_CALLS',
  publishers: ['edge-guard'],
  summary: 'A visitor or console user asked for a call, and the edge let the question pass.',
  data: z.object({
    ...session,
    agentId: AgentId.optional().describe('unset means the policy’s default agent'),
    model: ModelName.optional(),
    voice: VoiceName.optional(),
    mode,
    addressMark: AddressMark.optional(),
    passed: z.array(SessionCheck).max(20).optional().describe('the checks of the edge that it passed'),
    deadlineAt: z.iso.datetime().describe('whoever hears the request after this denies it as expired'),
  }),
});

export const SessionAdmitted = factKind({
  name: 'vox.session.admitted',
  version: 1,
  scope: 'session',
  stream: 'VOX_CALLS',
  publishers: ['quota'],
  summary: 'The budget holds the worst case of this call.',
  data: z.object({
    ...session,
    ...call,
    mode,
    addressMark: AddressMark.optional(),
    deadlineAt: z.iso.datetime(),
    maxSeconds: seconds.describe('longest the budget pays for; may be less than the policy allows'),
    reservedTokens: z.number().int().nonnegative(),
    reservedMicros: z.number().int().nonnegative(),
  }),
});

export const SessionDenied = factKind({
  name: 'vox.session.denied',
  version: 1,
  scope: 'session',
  stream: 'VOX_CALLS',
  publishers: ['quota', 'session-broker'],
  summary: 'A request was answered with no, for a reason.',
  data: z.object({ ...session, by: z.enum(['quota', 'session-broker']), denial: Denial }),
});

export const SessionGranted = factKind({
  name: 'vox.session.granted',
  version: 1,
  scope: 'session',
  stream: 'VOX_CALLS',
  publishers: ['session-broker'],
  summary: 'A call may begin, or has begun if it is brokered. No client secret is in here, and no SDP.',
  data: z.object({
    ...session,
    ...call,
    mode,
    provider: ProviderId.optional().describe('who makes the call; unset means openai'),
    maxSeconds: seconds,
    idleSeconds: seconds,
    grantedAt: z.iso.datetime(),
    endsAt: z.iso.datetime(),
  }),
});

export const SessionExpiring = factKind({
  name: 'vox.session.expiring',
  version: 1,
  scope: 'session',
  stream: 'VOX_CALLS',
  publishers: ['session-broker'],
  summary: 'A call reaches its longest duration within a minute.',
  data: z.object({ tenantId: TenantId, sessionId: SessionId, endsAt: z.iso.datetime() }),
});

export const SessionEnded = factKind({
  name: 'vox.session.ended',
  version: 1,
  scope: 'session',
  stream: 'VOX_CALLS',
  publishers: ['session-broker'],
  summary: 'A call is over, for one reason.',
  data: z.object({
    ...session,
    mode,
    reason: EndReason,
    by: EndedBy.optional(),
    confirmedBy: EndConfirmation.optional(),
    grantedAt: z.iso.datetime(),
    endedAt: z.iso.datetime(),
    connectedSeconds: seconds.describe(
      'from the first sign of life to the end; 0 when it never connected. A brokered call lives by the provider’s word',
    ),
  }),
});

/** The facts of calls. */
export const callFacts = [
  SessionRequested,
  SessionAdmitted,
  SessionDenied,
  SessionGranted,
  SessionExpiring,
  SessionEnded,
] as const;
