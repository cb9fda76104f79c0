import { z } from 'zod';
import { factKind } from '../kinds/fact.ts';
import { acting } from '../values/acting.ts';
import { identityKinds, ModelName, SessionId, TenantId } from '../values/ids.ts';

/** No response has more tokens. */
export const tokensMax = 100_000_000;
/** No call is longer than a day. */
export const usageSecondsMax = 86_400;
const tokens = z.number().int().nonnegative().max(tokensMax);
const micros = z.number().int().nonnegative();

/**
 * Tokens of one response as the provider counts them. `cachedIn` is the part of the input that was cached, all kinds
 * together.
 */
export const TokenUsage = z.object({
  textIn: tokens,
  textOut: tokens,
  audioIn: tokens,
  audioOut: tokens,
  cachedIn: tokens,
  imageIn: tokens.optional(),
  cachedTextIn: tokens.optional().describe('the part of `cachedIn` that is text, where that is known'),
  cachedAudioIn: tokens.optional(),
  cachedImageIn: tokens.optional(),
  unknownIn: tokens.optional().describe('input of which the kind is not known'),
  unknownOut: tokens.optional(),
  unknown: tokens.optional().describe('of which not even the side is known'),
  seconds: z.number().nonnegative().max(usageSecondsMax).optional().describe('of sound that is billed by its length'),
});
export type TokenUsage = z.infer<typeof TokenUsage>;

export const UsageReported = factKind({
  name: 'vox.usage.reported',
  version: 1,
  scope: 'session',
  stream: 'VOX_CALLS',
  publishers: ['edge-guard'],
  summary: 'A browser said what one response of its call used.',
  data: z.object({
    tenantId: TenantId,
    sessionId: SessionId,
    responseId: z.string().min(1).max(128),
    usage: TokenUsage,
  }),
});

/** What the provider counted in a brokered call, as it told its watch. */
export const ProviderCount = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('response').describe('of one response: each counts once, whoever heard it'),
    responseId: z.string().min(1).max(128),
    usage: TokenUsage,
  }),
  z.object({
    kind: z.literal('transcription').describe('of one utterance of the visitor, which another model wrote down'),
    itemId: z.string().min(1).max(128),
    model: ModelName,
    usage: TokenUsage,
  }),
  z.object({
    kind: z.literal('seconds').describe('of the whole call so far, where the provider bills by time'),
    seconds: z.number().nonnegative().max(usageSecondsMax),
  }),
]);
export type ProviderCount = z.infer<typeof ProviderCount>;

export const UsageMetered = factKind({
  name: 'vox.usage.metered',
  version: 1,
  scope: 'session',
  stream: 'VOX_CALLS',
  publishers: ['session-broker'],
  summary:
    'The broker’s clock: how long the call has lasted, as a total, so that order does not matter; and of a brokered call what the provider counted.',
  data: z.object({
    tenantId: TenantId,
    sessionId: SessionId,
    connectedSeconds: z.number().int().nonnegative(),
    counted: ProviderCount.optional(),
  }),
});

/** What a budget counts. */
export const Measure = z.enum(['tokens', 'dollars', 'minutes']);
export type Measure = z.infer<typeof Measure>;
export const Period = z.enum(['day', 'month']);
export type Period = z.infer<typeof Period>;

/** An amount of budget: tokens, integer micro-dollars, seconds of call. */
export const Amount = z.object({
  tokens: z.number().int().nonnegative(),
  micros,
  seconds: z.number().int().nonnegative(),
});
export type Amount = z.infer<typeof Amount>;

const budget = {
  identityKind: z.enum(identityKinds),
  day: z.iso.date().describe('the tenant’s own calendar day'),
};

export const QuotaReserved = factKind({
  name: 'vox.quota.reserved',
  version: 1,
  scope: 'session',
  stream: 'VOX_CALLS',
  publishers: ['quota'],
  summary: 'Budget is held for a call’s worst case.',
  data: z.object({ tenantId: TenantId, sessionId: SessionId, ...budget, reserved: Amount }),
});

export const QuotaSettled = factKind({
  name: 'vox.quota.settled',
  version: 1,
  scope: 'session',
  stream: 'VOX_CALLS',
  publishers: ['quota'],
  summary: 'A call’s reservation became what the call used.',
  data: z.object({
    tenantId: TenantId,
    sessionId: SessionId,
    ...budget,
    reserved: Amount,
    settled: Amount,
    uncovered: Amount.describe('used beyond what the budget could still cover; never booked, never hidden'),
  }),
});

export const QuotaAdjusted = factKind({
  name: 'vox.quota.adjusted',
  version: 1,
  scope: 'session',
  stream: 'VOX_CALLS',
  publishers: ['quota'],
  summary: 'A report came after its call was settled: the totals that now stand for the call.',
  data: z.object({ tenantId: TenantId, sessionId: SessionId, ...budget, settled: Amount, uncovered: Amount }),
});

export const QuotaThreshold = factKind({
  name: 'vox.quota.threshold',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_CALLS',
  publishers: ['quota'],
  summary: 'Use of a budget passed 50, 80 or 100 percent, once per period and once more after a raise or a reset.',
  data: z.object({
    tenantId: TenantId,
    ...budget,
    period: Period,
    measure: Measure,
    percent: z.union([z.literal(50), z.literal(80), z.literal(100)]),
    limit: z.number().int().nonnegative().describe('tokens, micro-dollars or seconds'),
  }),
});

export const QuotaExceeded = factKind({
  name: 'vox.quota.exceeded',
  version: 1,
  scope: 'session',
  stream: 'VOX_CALLS',
  publishers: ['quota'],
  summary: 'A call used more than its reservation and the budget has no more: it must end.',
  data: z.object({
    tenantId: TenantId,
    sessionId: SessionId,
    ...budget,
    period: Period,
    measure: Measure,
    resetsAt: z.iso.datetime(),
  }),
});

export const UsageReset = factKind({
  name: 'vox.quota.usage-reset',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_TRUST',
  publishers: ['quota'],
  summary: 'What a tenant has used today counts as zero from now on. It stays booked.',
  data: z.object({
    tenantId: TenantId,
    ...budget,
    credited: Amount.describe('what counts no longer, of the day and of its month'),
    ...acting,
  }),
});

/** The facts of usage and budgets. */
export const usageFacts = [
  UsageReported,
  UsageMetered,
  QuotaReserved,
  QuotaSettled,
  QuotaAdjusted,
  QuotaThreshold,
  QuotaExceeded,
  UsageReset,
] as const;
