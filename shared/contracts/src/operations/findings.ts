import { z } from 'zod';
import { agingDays } from '../identity/key-ages.ts';
import { question } from '../kinds/question.ts';
import { isAlive, type Policy, type PolicyKey } from '../tenants/policy.ts';
import { ModelName } from '../values/ids.ts';

/** What policies in force allow that is dangerous or will end. */
export const policyRules = ['model-ending', 'http-origins', 'loopback-origins', 'bot-off', 'old-keys'] as const;
export type PolicyRule = (typeof policyRules)[number];

/** The gravest first. */
export const findingSeverities = ['high', 'medium', 'low'] as const;
export type FindingSeverity = (typeof findingSeverities)[number];

/** One finding for all tenants that share a cause. */
export type PolicyFinding = Readonly<{
  rule: PolicyRule;
  severity: FindingSeverity;
  /** The tenants that it concerns, with the origin (`acme: http://…`) or the label of the key (`acme/site`). */
  named: readonly string[];
  tenants: number;
  /** The model that ends, and when. */
  ending?: Readonly<{ model: string; endsAtMs: number }>;
}>;

/** A tenant's policy, as far as the rules look at it. */
export type RuledPolicy = Readonly<
  Pick<Policy, 'tenantId' | 'status' | 'bot'> & {
    agents: readonly Readonly<{ models: readonly string[] }>[];
    keys: readonly PolicyKey[];
  }
>;

const dayMs = 86_400_000;
const urgentDays = 14;
/** People are warned for so long before a model ends. */
export const warnOfEndDays = 60;

/** Whether a model ends within those days, or has ended. */
export const isEndNear = (endsAtMs: number, atMs: number): boolean => endsAtMs - atMs <= warnOfEndDays * dayMs;

/** Whether a consumer has so much before it that what its facts tell takes effect late. */
export const isBehind = (unfinished: number): boolean => unfinished >= 1_000;

type Named = readonly (readonly [tenantId: string, named: string])[];

const found = (rule: PolicyRule, severity: FindingSeverity, of: Named, ending?: PolicyFinding['ending']) =>
  of.length === 0
    ? []
    : [
        {
          ...{ rule, severity, named: of.map(([, named]) => named) },
          tenants: new Set(of.map(([tenantId]) => tenantId)).size,
          ...(ending && { ending }),
        },
      ];

/** What stands out in the policies of active tenants. `modelEnds` says when the provider shuts models down. */
export function policyFindings(
  policies: Iterable<RuledPolicy>,
  modelEnds: ReadonlyMap<string, number>,
  nowMs: number,
): PolicyFinding[] {
  const tenants = [...policies].filter(({ status }) => status === 'active');
  return [...modelFindings(tenants, modelEnds, nowMs), ...doorFindings(tenants, nowMs), ...keyFindings(tenants, nowMs)];
}

const modelFindings = (tenants: readonly RuledPolicy[], modelEnds: ReadonlyMap<string, number>, nowMs: number) =>
  [...modelEnds].flatMap(([model, endsAtMs]) => {
    if (!isEndNear(endsAtMs, nowMs)) return [];
    const users = tenants.filter(({ agents }) => agents.some(({ models }) => models.includes(model)));
    const severity = endsAtMs - nowMs <= urgentDays * dayMs ? 'high' : 'medium';
    return found('model-ending', severity, users.map(alone), { model, endsAtMs });
  });

const alone = ({ tenantId }: RuledPolicy) => [tenantId, tenantId] as const;
const isLoopback = (origin: string): boolean => /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(origin);

function doorFindings(tenants: readonly RuledPolicy[], nowMs: number) {
  const isLive = (key: PolicyKey): boolean => isAlive(key, nowMs) && key.environment === 'production';
  const living = tenants.map((tenant) => ({ tenant, keys: tenant.keys.filter(isLive) }));
  const plain = living.flatMap(({ tenant: { tenantId }, keys }) =>
    keys.flatMap(({ origins }) => origins.filter((each) => each.startsWith('http:')).map((at) => ({ tenantId, at }))),
  );
  const withOrigin = ({ tenantId, at }: (typeof plain)[number]) => [tenantId, `${tenantId}: ${at}`] as const;
  const foreign = plain.filter(({ at }) => !isLoopback(at));
  const own = plain.filter(({ at }) => isLoopback(at));
  const unguarded = living.filter(({ tenant: { bot }, keys }) => bot.mode === 'off' && keys.length > 0);
  return [
    ...found('http-origins', 'high', foreign.map(withOrigin)),
    ...found('loopback-origins', 'low', own.map(withOrigin)),
    ...found(
      'bot-off',
      'high',
      unguarded.map(({ tenant }) => alone(tenant)),
    ),
  ];
}

function keyFindings(tenants: readonly RuledPolicy[], nowMs: number) {
  const isOld = ({ createdAt }: PolicyKey): boolean =>
    createdAt !== null && nowMs - Date.parse(createdAt) > agingDays * dayMs;
  const old = tenants.flatMap(({ tenantId, keys }) =>
    keys
      .filter((key) => isAlive(key, nowMs) && isOld(key))
      .map(({ label }) => [tenantId, `${tenantId}/${label}`] as const),
  );
  return found('old-keys', 'low', old);
}

/** So many of those that a finding concerns are named. */
export const namedMax = 20;

/** A finding as it is told. */
export const ToldFinding = z.object({
  rule: z.enum(policyRules),
  severity: z.enum(findingSeverities),
  tenants: z.number().int().positive().describe('how many it concerns'),
  named: z
    .array(z.string().max(400))
    .max(namedMax)
    .describe('tenants, with the origin or with the label of the key; the first of them'),
  more: z.number().int().nonnegative().describe('how many are not named'),
  model: ModelName.nullable().describe('the model that ends'),
  endsAt: z.iso.datetime().nullable().describe('from then on calls with it are refused'),
});
export type ToldFinding = z.infer<typeof ToldFinding>;

export const ShowPolicyFindings = question(
  'quota',
  'policy-findings',
  'What the policies in force allow that is dangerous or will end. `vox doctor` tells the same, by the same rules.',
  z.strictObject({}),
  z.object({ findings: z.array(ToldFinding) }),
  { action: 'platform.read' },
);
