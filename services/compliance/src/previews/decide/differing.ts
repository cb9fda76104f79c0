import {
  type AllowedCalls,
  allowsMode,
  CallMode,
  type IdentityKind,
  identityKinds,
  type KindLimits,
  type Policy,
  type PolicyAgent,
  type PreviewChange,
  type PreviewRule,
  type ToldAgent,
} from '@vox/contracts';

/** A policy, and what its agents are told. */
export type ResolvedPolicy = Readonly<{ policy: Policy; told: readonly ToldAgent[] }>;
export type Both = Readonly<{ inForce: ResolvedPolicy; drafted: ResolvedPolicy }>;

/** A rule that differs between two policies, and how. */
export type Differing = Readonly<{
  rule: PreviewRule;
  kind: IdentityKind | null;
  change: PreviewChange;
  before: number | string | null;
  after: number | string | null;
}>;

/** Every rule that differs, in the order of the list of rules; limits of visitors before those of console users. */
export function differing({ inForce, drafted }: Both): Differing[] {
  const [old, young] = [inForce.policy, drafted.policy];
  const pairs = agentPairs(old.agents, young.agents);
  const part = (rule: PreviewRule, change: PreviewChange | undefined, sides: Sides = none): Differing[] =>
    change === undefined ? [] : [{ rule, kind: null, change, ...sides }];
  const told = toldPairs(inForce.told, drafted.told);
  return [
    ...part('agents', listChange([idsOf(old.agents)], [idsOf(young.agents)])),
    ...part('models', listChange(...sidesOf(pairs, ({ models }) => models))),
    ...part('voices', listChange(...sidesOf(pairs, ({ voices }) => voices))),
    ...part('calls', setChange(modesOf(old.calls), modesOf(young.calls)), { before: old.calls, after: young.calls }),
    ...part('tools', unionOf(told.map(([before, after]) => setChange(toolNames(before), toolNames(after))))),
    ...part('consent', consentChange(old.consent, young.consent)),
    ...part('botMode', botChange(old.bot.mode, young.bot.mode), { before: old.bot.mode, after: young.bot.mode }),
    ...part('botUnavailable', unavailableChange(old.bot, young.bot), {
      ...{ before: old.bot.whenUnavailable, after: young.bot.whenUnavailable },
    }),
    ...part('instructions', told.some(([before, after]) => saysOther(before, after)) ? 'other' : undefined),
    ...part('providers', pairs.some(([before, after]) => placeOf(before) !== placeOf(after)) ? 'other' : undefined),
    ...part('timeZone', old.timeZone === young.timeZone ? undefined : 'other', {
      ...{ before: old.timeZone, after: young.timeZone },
    }),
    ...identityKinds.flatMap((kind) => limitsDiffering(kind, old.limits[kind], young.limits[kind])),
  ];
}

type Sides = Pick<Differing, 'before' | 'after'>;
const none: Sides = { before: null, after: null };

const idsOf = (agents: readonly PolicyAgent[]): string[] => agents.map(({ agentId }) => agentId);
const placeOf = ({ provider = 'openai', region, browserChannel = 'none' }: PolicyAgent): string =>
  JSON.stringify([provider, region ?? null, browserChannel]);
const modesOf = (allowed: AllowedCalls): string[] => CallMode.options.filter((mode) => allowsMode(allowed, mode));
const toolNames = ({ tools }: ToldAgent): string[] => tools.map(({ name }) => name);

type Pairs<T> = readonly (readonly [before: T, after: T])[];

/** Agents that both have. */
function agentPairs<T extends Readonly<{ agentId: string }>>(before: readonly T[], after: readonly T[]): Pairs<T> {
  const young = new Map(after.map((each) => [each.agentId, each]));
  return before.flatMap((each) => {
    const other = young.get(each.agentId);
    return other === undefined ? [] : [[each, other] as const];
  });
}
const toldPairs = (before: readonly ToldAgent[], after: readonly ToldAgent[]): Pairs<ToldAgent> =>
  agentPairs(before, after);

/** Whether an agent is told other instructions, or a tool of the same name is another one. */
const saysOther = (before: ToldAgent, after: ToldAgent): boolean =>
  before.instructions !== after.instructions ||
  before.tools.some(({ name, hash }) => after.tools.some((each) => each.name === name && each.hash !== hash));

const sidesOf = (pairs: Pairs<PolicyAgent>, listOf: (agent: PolicyAgent) => readonly string[]) =>
  [pairs.map(([before]) => listOf(before)), pairs.map(([, after]) => listOf(after))] as const;

/** Of lists whose first is the default, one for each agent. */
const listChange = (
  before: readonly (readonly string[])[],
  after: readonly (readonly string[])[],
): PreviewChange | undefined =>
  unionOf(
    before.map((old, at) => {
      const young = after[at] ?? [];
      return setChange(old, young) ?? (old[0] === young[0] ? undefined : 'other');
    }),
  );

function setChange(before: readonly string[], after: readonly string[]): PreviewChange | undefined {
  const takes = before.some((each) => !after.includes(each));
  const gives = after.some((each) => !before.includes(each));
  if (takes && gives) return 'both';
  return takes ? 'stricter' : gives ? 'looser' : undefined;
}

function unionOf(changes: readonly (PreviewChange | undefined)[]): PreviewChange | undefined {
  const has = (...wanted: PreviewChange[]): boolean => changes.some((each) => each && wanted.includes(each));
  const [takes, gives] = [has('stricter', 'both'), has('looser', 'both')];
  if (takes && gives) return 'both';
  return takes ? 'stricter' : gives ? 'looser' : has('other') ? 'other' : undefined;
}

function consentChange(before: Policy['consent'], after: Policy['consent']): PreviewChange | undefined {
  const demandsOf = ({ disclosure, transcripts }: Policy['consent']): string[] => [
    ...(disclosure ? ['disclosure'] : []),
    ...(transcripts ? ['transcripts'] : []),
  ];
  // What is demanded besides takes something.
  const change = setChange(demandsOf(after), demandsOf(before));
  if (change !== undefined) return change;
  // A consent to another version is none: everybody is asked again.
  return demandsOf(after).length > 0 && before.version !== after.version ? 'stricter' : undefined;
}

function botChange(before: Policy['bot']['mode'], after: Policy['bot']['mode']): PreviewChange | undefined {
  if (before === after) return undefined;
  return before === 'off' ? 'stricter' : after === 'off' ? 'looser' : 'other';
}

function unavailableChange(before: Policy['bot'], after: Policy['bot']): PreviewChange | undefined {
  const isAsked = before.mode !== 'off' && after.mode !== 'off';
  if (!isAsked || before.whenUnavailable === after.whenUnavailable) return undefined;
  return after.whenUnavailable === 'deny' ? 'stricter' : 'looser';
}

const limitNames = (limits: KindLimits) => Object.keys(limits) as (keyof KindLimits)[];
/** Without a limit only the others bind. */
const boundBy = (limit: number | null): number => limit ?? Number.POSITIVE_INFINITY;

const limitsDiffering = (kind: IdentityKind, old: KindLimits, young: KindLimits): Differing[] =>
  limitNames(young).flatMap((rule) => {
    const [before, after] = [old[rule], young[rule]];
    if (before === after) return [];
    return [{ rule, kind, change: boundBy(after) < boundBy(before) ? 'stricter' : 'looser', before, after }];
  });
