import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { Amount } from '../usage/usage.ts';
import { AgentId, identityKinds, SessionId, TenantId } from '../values/ids.ts';
import { KindLimits } from './policy.ts';

/** A preview looks at no more days. */
export const previewDaysMax = 30;
/** A preview looks at no more calls, the ones that ended last. */
export const previewCallsMax = 5_000;
/** So many names of agents, models and keys stand with a rule, those with the most calls. */
export const previewNamesMax = 10;
/** So many calls stand with a rule as examples, the newest. */
export const previewExamplesMax = 3;

/** A part of a policy that binds calls: of the agents, of what is asked of a visitor, or one limit. */
export const PreviewRule = z.enum([
  'agents',
  'models',
  'voices',
  'calls',
  'tools',
  'consent',
  'botMode',
  'botUnavailable',
  'instructions',
  'providers',
  'timeZone',
  ...KindLimits.keyof().options,
]);
export type PreviewRule = z.infer<typeof PreviewRule>;

export const PreviewChange = z
  .enum(['stricter', 'looser', 'both', 'other'])
  .describe('`both`: it takes something and gives something; `other`: neither');
export type PreviewChange = z.infer<typeof PreviewChange>;

/** What a preview cannot tell from what is kept of past calls. */
export const PreviewGap = z.enum([
  'live-calls',
  'gone-calls',
  'visitors',
  'refused-then',
  'records',
  'worst-cases',
  'shortened-use',
  'month-before',
  'overrides',
  'silence',
  'addresses',
  'linked',
  'requests',
  'bots',
  'consents',
  'instructions',
  'providers',
  'time-zone',
]);
export type PreviewGap = z.infer<typeof PreviewGap>;

const count = z.number().int().nonnegative();
const side = z
  .union([z.number(), z.string()])
  .nullable()
  .describe('null where there is no such limit, and where it is no one value');
const names = z
  .array(z.object({ name: z.string(), calls: count }))
  .max(previewNamesMax)
  .describe('those with the most calls');

/** What became of calls, in numbers. */
const effect = {
  refused: count.describe('calls that would not have begun'),
  endedEarlier: count.describe('calls that would have begun, and ended earlier'),
  endedEarlierSeconds: count.describe('by so many seconds in all, at least'),
  unknown: count.describe('calls that it touches, and nobody knows what would have become of them'),
  notSpent: Amount.describe('what the calls that would not have begun used, and the seconds of those that were longer'),
};

export const PreviewedRule = z.object({
  rule: PreviewRule,
  kind: z.enum(identityKinds).nullable().describe('whose limit it is; null for a rule that is no limit'),
  change: PreviewChange,
  before: side,
  after: side,
  isTold: z.boolean().describe('false where what is kept of calls says nothing of this rule'),
  ...effect,
  agents: names,
  models: names,
  widgetKeys: names,
  examples: z.array(SessionId).max(previewExamplesMax).describe('the newest of these calls'),
});
export type PreviewedRule = z.infer<typeof PreviewedRule>;

export const PreviewedPolicy = z.object({
  tenantId: TenantId,
  from: z.iso.datetime().describe('calls that began then or later were looked at'),
  to: z.iso.datetime(),
  timeZone: z.string().describe('of the draft: its days are counted'),
  calls: count.describe('how many calls were looked at'),
  isPart: z.boolean().describe('there were more calls in these days: only the newest were looked at'),
  rules: z.array(PreviewedRule).describe('each rule that differs, as if it alone did'),
  together: z.object({
    ...effect,
    notSpentUnknown: count.describe('calls that used less than they did, nobody knows by how much'),
  }),
  reached: z
    .array(
      z.object({
        day: z.iso.date(),
        rule: PreviewRule,
        kind: z.enum(identityKinds),
        at: z.iso.datetime().describe('by then, at the latest'),
      }),
    )
    .describe('days on which a budget of a day or the number of open calls would have been used up'),
  peaks: z
    .array(
      z.object({
        kind: z.enum(identityKinds),
        open: count.describe('most calls that were open at once'),
        at: z.iso.datetime(),
        before: count.describe('the limit in force'),
        after: count.describe('the limit of the draft'),
      }),
    )
    .describe('of each kind of identity that had calls'),
  cannotTell: z.array(PreviewGap),
});
export type PreviewedPolicy = z.infer<typeof PreviewedPolicy>;

const days = z.number().int().min(1).max(previewDaysMax).default(7).describe('of the tenant, today among them');

export const PreviewPolicy = question(
  'compliance',
  'policy-preview',
  `What a policy would have done to the calls of the last days, as far as that can be told from what is kept of them. It changes nothing. It looks at ${previewCallsMax} calls at most.`,
  z.strictObject({
    draft: z.unknown().describe('a TenantDraft, or with `agentSetId` a SentDraft; every mistake in it is listed'),
    agentSetId: z.uuid().optional().describe('of agents that were sent before'),
    days,
  }),
  PreviewedPolicy,
  { action: 'policy.preview' },
);

export const PreviewPolicyVersion = question(
  'compliance',
  'policy-version-preview',
  'What an earlier version of the policy would have done to the calls of the last days: for whoever is about to go back to it.',
  z.strictObject({ tenantId: TenantId, version: z.number().int().positive(), days }),
  PreviewedPolicy,
  { action: 'policy.preview' },
);

/** What an agent is told and can do, by names and by hashes. */
export const ToldAgent = z.object({
  agentId: AgentId,
  instructions: z.string().describe('a hash'),
  tools: z.array(z.object({ name: z.string(), hash: z.string() })),
});
export type ToldAgent = z.infer<typeof ToldAgent>;
