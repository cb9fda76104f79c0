import { z } from 'zod';
import { AllowedCalls, BrowserChannel } from '../calls/call-mode.ts';
import { ProviderId, ProviderRegion } from '../providers/provider.ts';
import { SignInRules } from '../sign-in/sign-in-rules.ts';
import { AgentTool } from '../tools/agent-tool.ts';
import { toldTool } from '../tools/told-tool.ts';
import { longestTool } from '../tools/tool-time.ts';
import {
  AgentId,
  type IdentityKind,
  KeyEnvironment,
  ModelName,
  TenantId,
  VoiceName,
  WidgetKey,
} from '../values/ids.ts';
import { Origin } from '../values/origin.ts';
import { HttpsUrl, plainLine, plainText } from '../values/plain-text.ts';
import { telephoneCountries } from '../values/telephone-countries.ts';
import { ConsentRules, PrivacyNotice, RedactionRules, Retention } from './data-protection.ts';
import { budgetLimits, LimitOverride } from './limit-override.ts';

const count = z.number().int().nonnegative();

/** The limits in force for one kind of identity. `0` allows none; `null` means that only the other limits bind. */
export const KindLimits = z.object({
  requestsPerMinute: count.describe('per visitor or console user'),
  burst: count,
  sessionStartsPerMinute: count.describe('per tenant for visitors, per user for console users'),
  openSessions: count.describe('per tenant'),
  openSessionsPerKey: count.nullable().describe('per widget key'),
  openSessionsPerPerson: count.describe('per visitor or console user'),
  openSessionsPerAddress: count.nullable().describe('visitors’ calls from one address (of IPv6 from one /64)'),
  startsPerAddress: count.nullable().describe('visitors’ calls begun from one address within ten minutes'),
  startsPerPerson: count.nullable().describe('calls that one visitor or console user begins within ten minutes'),
  sessionSeconds: count.describe('longest call'),
  idleSeconds: count.describe('longest silence'),
  tokensPerDay: count,
  tokensPerMonth: count.nullable(),
  microsPerDay: count.describe('micro-dollars'),
  microsPerMonth: count.nullable().describe('micro-dollars'),
  secondsPerDay: count.nullable().describe('seconds of call'),
  secondsPerMonth: count.nullable().describe('seconds of call'),
});
export type KindLimits = z.infer<typeof KindLimits>;

/** Older policies have no limits by address. */
const unset = count.nullable().default(null);
const StoredLimits = KindLimits.extend({
  openSessionsPerAddress: unset,
  startsPerAddress: unset,
  startsPerPerson: unset,
});

const agentShape = {
  agentId: AgentId,
  displayName: plainLine(80).min(1),
  models: z.array(ModelName).min(1).max(16).describe('allow-list; the first is the default'),
  voices: z.array(VoiceName).min(1).max(32).describe('allow-list; the first is the default'),
  browserChannel: BrowserChannel.optional().describe(
    'what the browser may tell the provider in brokered calls; unset means none',
  ),
  provider: ProviderId.optional().describe(
    'who makes its calls, by the name that the installation gave it; unset means OpenAI itself',
  ),
  region: ProviderRegion.optional().describe('where its provider must work on its calls; unset means anywhere'),
};

/** An agent as every service knows it. Its instructions and tools stand in a document of their own. */
export const PolicyAgent = z.object({
  ...agentShape,
  openingBytes: count.describe(
    'how long its instructions and tools are together, as the provider is told them: each answer hears them again',
  ),
  toolMs: count
    .optional()
    .describe('how long the longest of its tools may take, in milliseconds; unset where VOX runs none of them'),
});
export type PolicyAgent = z.infer<typeof PolicyAgent>;

/** The largest agent: one message of the bus and one document can carry it, with room to spare. */
export const agentBytesMax = 512 * 1024;
const bytesOf = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;

/** What the provider is told of one agent. The browser chooses among `models` and `voices`, and nothing else. */
export const Agent = z
  .object({ ...agentShape, instructions: plainText(16_000).min(1), tools: z.array(AgentTool).max(32) })
  .refine((agent) => bytesOf(agent) <= agentBytesMax, `must be at most ${agentBytesMax} bytes as JSON, with its tools`);
export type Agent = z.infer<typeof Agent>;

/** The part of an agent that everybody may know. */
export const publicAgent = ({ instructions, tools, ...agent }: Agent): PolicyAgent => ({
  ...agent,
  openingBytes: new TextEncoder().encode(instructions).length + bytesOf(tools.map(toldTool)),
  ...longestTool(tools),
});

/** A widget key as the edge sees it. A dead key stays in the list, so that it is never issued again. */
export const PolicyKey = z.object({
  key: WidgetKey,
  label: z.string(),
  origins: z.array(Origin).min(1).max(32),
  agentIds: z.array(AgentId).nullable().describe('agents this key may reach; null means all'),
  revokedAt: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime().nullable().describe('when it dies by itself: as it was made, or after a rotation'),
  halted: z.boolean().default(false).describe('the kill switch of this key: no call begins until it is released'),
  environment: KeyEnvironment.default('production'),
  createdAt: z.iso.datetime().nullable().default(null).describe('null for a key from before this was kept'),
});
export type PolicyKey = z.infer<typeof PolicyKey>;

/** Whether a key works at a moment: neither revoked nor past its grace. */
export const isAlive = (key: Pick<PolicyKey, 'revokedAt' | 'expiresAt'>, nowMs: number): boolean =>
  key.revokedAt === null && (key.expiresAt === null || Date.parse(key.expiresAt) > nowMs);

export const BotMode = z.enum(['proof-of-work', 'botid', 'turnstile', 'off']);

/**
 * Everything that other services must know of a tenant, as one versioned document, resolved against the platform's
 * defaults.
 */
export const Policy = z.object({
  tenantId: TenantId,
  version: z.number().int().positive(),
  status: z.enum(['active', 'suspended']),
  halted: z.boolean().default(false).describe('the kill switch of the tenant: no call begins until it is released'),
  displayName: plainLine(80).min(1),
  timeZone: z.string().describe('IANA zone of the tenant’s day'),
  country: z
    .string()
    .refine(
      (country) => telephoneCountries.has(country),
      'must be a country (ISO 3166-1 alpha-2, in capitals), such as ES',
    )
    .nullable()
    .default(null)
    .describe('whose national telephone numbers are understood; null understands international ones alone'),
  branding: z.object({
    primaryColor: z.string().regex(/^#[0-9a-f]{6}$/i),
    logoUrl: HttpsUrl.optional(),
  }),
  disclosure: plainText(500).min(1).describe('told to the visitor before the call: that it talks to a machine'),
  agents: z.array(PolicyAgent).min(1).max(50).describe('the first is the default'),
  agentSetId: z.uuid().describe('under which the documents of these agents stand; new with each new version of them'),
  keys: z.array(PolicyKey),
  calls: AllowedCalls.default('both').describe(
    'who makes its calls at the provider; a policy from before there was a choice says nothing',
  ),
  captions: z
    .boolean()
    .default(true)
    .describe('whether visitors of brokered calls see what is said; their own words only where transcripts are kept'),
  bot: z.object({
    mode: BotMode,
    whenUnavailable: z.enum(['deny', 'flag']).describe('what happens while the verifier gives no answer'),
  }),
  limits: z.object({ widget: StoredLimits, console: StoredLimits }),
  overrides: z
    .array(LimitOverride)
    .max(2 * budgetLimits.length)
    .default([])
    .describe('limits that are others until a moment; those whose moment has passed mean nothing'),
  retention: Retention.prefault({}),
  redaction: RedactionRules.prefault({}),
  consent: ConsentRules.prefault({}),
  privacy: PrivacyNotice.prefault({}),
  signIn: SignInRules.prefault({}),
});
export type Policy = z.infer<typeof Policy>;

/** The limits of a kind of identity at a moment: those of the policy, and what overrides them until later. */
export function limitsAt(
  { limits, overrides }: Pick<Policy, 'limits' | 'overrides'>,
  kind: IdentityKind,
  nowMs: number,
): KindLimits {
  const inForce = overrides.filter((each) => each.kind === kind && Date.parse(each.until) > nowMs);
  if (inForce.length === 0) return limits[kind];
  return { ...limits[kind], ...Object.fromEntries(inForce.map(({ limit, value }) => [limit, value])) };
}

/** Why no call of a living key may begin: its tenant is suspended or halted, or the key is halted. */
export function closedBy(
  policy: Pick<Policy, 'status' | 'halted'>,
  key: Pick<PolicyKey, 'halted'> | undefined,
): 'tenant' | 'key' | undefined {
  if (policy.status !== 'active' || policy.halted) return 'tenant';
  return key?.halted ? 'key' : undefined;
}

/** A tenant’s key that works at a moment. Unknown, revoked and expired look the same. */
export function livingKey(policy: Pick<Policy, 'keys'>, widgetKey: string, nowMs: number): PolicyKey | undefined {
  const key = policy.keys.find((each) => each.key === widgetKey);
  return key !== undefined && isAlive(key, nowMs) ? key : undefined;
}
