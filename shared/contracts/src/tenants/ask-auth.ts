import { z } from 'zod';
import { AllowedCalls } from '../calls/call-mode.ts';
import { question } from '../kinds/question.ts';
import { TokenUse } from '../security/token-keys.ts';
import { acting } from '../values/acting.ts';
import { AgentId, TenantId, WidgetKey } from '../values/ids.ts';
import { ifVersion } from '../values/version.ts';
import { Notices } from './notices.ts';
import { Agent, KindLimits, Policy } from './policy.ts';

/** Token uses whose private key a service borrows. The keys of logins and proofs never leave auth. */
export type LentUse = Extract<TokenUse, 'widget' | 'session'>;

const lease = (use: LentUse) =>
  question(
    'auth',
    `${use}-signing-key`,
    `Lends a service the current private key of ${use} tokens, so that it signs without asking each time.`,
    z.strictObject({}),
    z.object({
      kid: z.string(),
      use: TokenUse,
      x: z.string().describe('Ed25519 public key, base64url (RFC 8037)'),
      d: z.string().describe('Ed25519 private key, base64url. Never logged, never in a fact'),
      signUntil: z.iso.datetime().describe('ask again before this; tokens signed earlier stay valid'),
    }),
  );

/** One question for each use, so that a service has a right to its own keys and to no others. */
export const LeaseSigningKey = { widget: lease('widget'), session: lease('session') } as const satisfies Readonly<
  Record<LentUse, unknown>
>;

/** A tenant as an operator writes it. Limits that are left out take the platform's defaults. */
export const TenantDraft = z.strictObject({
  ...Policy.pick({
    tenantId: true,
    displayName: true,
    country: true,
    branding: true,
    disclosure: true,
    captions: true,
    bot: true,
    retention: true,
    redaction: true,
    consent: true,
    privacy: true,
    signIn: true,
  }).shape,
  agents: z.array(Agent).min(1).max(50).describe('the first is the default'),
  calls: AllowedCalls.default('brokered').describe('who makes its calls at the provider'),
  notices: Notices.prefault({}),
  timeZone: z.string().refine(isTimeZone, 'must be an IANA time zone, such as Europe/Madrid').default('UTC'),
  limits: z
    .strictObject({
      widget: KindLimits.partial().strict().default({}),
      console: KindLimits.partial().strict().default({}),
    })
    .default({ widget: {}, console: {} }),
});
export type TenantDraft = z.infer<typeof TenantDraft>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** A draft whose agents were sent one by one before: it only names them. */
export const SentDraft = z.strictObject({
  ...TenantDraft.shape,
  agents: z
    .array(z.strictObject({ agentId: AgentId }))
    .min(1)
    .max(50),
});

const warnings = z
  .array(z.object({ path: z.string().describe('a field of the draft'), message: z.string() }))
  .optional()
  .describe('what is doubtful in tools of the draft, though it is taken; left out where nothing is');

export const PutAgent = question(
  'auth',
  'agent-put',
  'Sends one agent of a draft that one message does not carry. It is in force once a tenant is put that names its set; until then for a day.',
  z.strictObject({
    tenantId: TenantId,
    agentSetId: z.uuid().describe('chosen by whoever sends, anew for each draft'),
    agent: z.unknown().describe('an Agent; every mistake in it is listed'),
  }),
  z.object({ agentId: AgentId }),
  { action: 'policy.write' },
);

export const PutTenant = question(
  'auth',
  'tenant-put',
  'Creates a tenant, or gives it a new version of its policy. Keys and status stay as they are.',
  z.strictObject({
    draft: z.unknown().describe('a TenantDraft, or with `agentSetId` a SentDraft; every mistake in it is listed'),
    agentSetId: z.uuid().optional().describe('of agents that were sent before'),
    ifVersion,
    ...acting,
  }),
  z.object({ tenantId: TenantId, version: z.number().int(), created: z.boolean(), warnings }),
  { action: 'policy.write' },
);

export const CreateTenant = question(
  'auth',
  'tenant-create',
  'Creates a tenant. One that is there already is left as it is.',
  z.strictObject({ draft: z.unknown().describe('a TenantDraft; every mistake in it is listed'), ...acting }),
  z.object({ tenantId: TenantId, version: z.number().int(), warnings }),
  { action: 'tenants.create' },
);

export const ShowTenant = question(
  'auth',
  'tenant-show',
  'One tenant’s policy in force.',
  z.strictObject({ tenantId: TenantId }),
  z.object({ policy: Policy, notices: Notices.prefault({}) }),
  { action: 'policy.read' },
);

export const ShowAgent = question(
  'auth',
  'agent-show',
  'One agent of a policy, with what it is told and its tools.',
  z.strictObject({ tenantId: TenantId, agentSetId: z.uuid().describe('as the policy names it'), agentId: AgentId }),
  z.object({ agent: Agent }),
  { action: 'agents.read' },
);

export const SetTenantStatus = question(
  'auth',
  'tenant-status',
  'Suspends or resumes a tenant.',
  z.strictObject({ tenantId: TenantId, status: z.enum(['active', 'suspended']), ifVersion, ...acting }),
  z.object({ version: z.number().int() }),
  { action: 'tenants.set-status' },
);

export const SetKillSwitch = question(
  'auth',
  'kill-switch',
  'Engages or releases the kill switch of a tenant or of one key. Engaged, it ends the live calls and refuses every start until it is released.',
  z.strictObject({ tenantId: TenantId, widgetKey: WidgetKey.optional(), engaged: z.boolean(), ...acting }),
  z.object({ version: z.number().int() }),
  { action: 'kill-switch.set' },
);

export const RotateSigningKey = question(
  'auth',
  'signing-key-rotate',
  'Makes a new signing key of one use; tokens of the old one stay valid until they expire.',
  z.strictObject({ use: TokenUse, ...acting }),
  z.object({ kid: z.string() }),
  { action: 'platform.keys' },
);
