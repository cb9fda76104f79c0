import { z } from 'zod';
import { factKind } from '../kinds/fact.ts';
import { AddressMark, AgentId, Identity, ModelName, SessionId, TenantId, VoiceName } from '../values/ids.ts';

const whose = { tenantId: TenantId, sessionId: SessionId, identity: Identity };
const call = { agentId: AgentId, model: ModelName, voice: VoiceName };
const seconds = z.number().int().nonnegative();

/** Why a request got no session. Each stands for one code of the HTTP contract. */
export const DenialReason = z.enum([
  'tenant-suspended',
  'key-revoked',
  'unknown-agent',
  'model-not-allowed',
  'voice-not-allowed',
  'model-without-price',
  'model-ended',
  'rate-of-starts',
  'too-many-open',
  'quota',
  'expired',
  'provider',
  'unavailable',
]);
export type DenialReason = z.infer<typeof DenialReason>;

/** Which of several limits was reached. */
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

export const SessionRequested = factKind(
  'vox.session.requested',
  1,
  'session',
  'A visitor or console user asked for a call, and the edge let the question pass.',
  z.object({
    ...whose,
    agentId: AgentId.optional().describe('unset means the policy’s default agent'),
    model: ModelName.optional(),
    voice: VoiceName.optional(),
    addressMark: AddressMark.optional(),
    deadlineAt: z.iso.datetime().describe('whoever hears the request after this denies it as expired'),
  }),
);

export const SessionAdmitted = factKind(
  'vox.session.admitted',
  1,
  'session',
  'The budget holds the worst case of this call.',
  z.object({
    ...whose,
    ...call,
    addressMark: AddressMark.optional(),
    deadlineAt: z.iso.datetime(),
    maxSeconds: seconds.describe('longest the budget pays for; may be less than the policy allows'),
    reservedTokens: z.number().int().nonnegative(),
    reservedMicros: z.number().int().nonnegative(),
  }),
);

export const SessionDenied = factKind(
  'vox.session.denied',
  1,
  'session',
  'A request was answered with no, for a reason.',
  z.object({ ...whose, by: z.enum(['quota', 'session-broker']), denial: Denial }),
);

export const SessionGranted = factKind(
  'vox.session.granted',
  1,
  'session',
  'A call may begin. The client secret is not in here.',
  z.object({
    ...whose,
    ...call,
    maxSeconds: seconds,
    idleSeconds: seconds,
    grantedAt: z.iso.datetime(),
    endsAt: z.iso.datetime(),
  }),
);

export const SessionExpiring = factKind(
  'vox.session.expiring',
  1,
  'session',
  'A call reaches its longest duration within a minute.',
  z.object({ tenantId: TenantId, sessionId: SessionId, endsAt: z.iso.datetime() }),
);

export const SessionEnded = factKind(
  'vox.session.ended',
  1,
  'session',
  'A call is over, for one reason.',
  z.object({
    ...whose,
    reason: EndReason,
    grantedAt: z.iso.datetime(),
    endedAt: z.iso.datetime(),
    connectedSeconds: seconds.describe('from the first heartbeat to the end; 0 when it never connected'),
  }),
);
