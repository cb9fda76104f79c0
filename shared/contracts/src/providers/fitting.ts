import { type AllowedCalls, allowsMode, CallMode } from '../calls/call-mode.ts';
import { type Ability, lackedFor, type ProviderProfile, providerIdOf, serves } from './provider.ts';

/** What an agent asks of the provider that makes its calls. */
export type AgentDemand = Readonly<{
  provider?: string | undefined;
  region?: string | undefined;
  models: readonly string[];
  tools: readonly unknown[];
}>;

/** A field of an agent that its provider cannot serve, by its path within the agent. */
export type Unfit = Readonly<{ path: string; message: string }>;

const sentences: Readonly<Record<Ability, string>> = {
  lockedClient: 'cannot hold a browser to the settings of its call',
  serverEnd: 'cannot end a call when we say so',
  trustedUsage: 'does not tell us what a call used',
  clientSecrets: 'lets no browser begin a call by itself',
  tools: 'calls no tools',
};

/**
 * What an agent asks of its provider that this one cannot do, field by field. Where a tenant allows both kinds of
 * calls, its provider needs to make one of them.
 */
export function unfitFor(agent: AgentDemand, calls: AllowedCalls, profiles: readonly ProviderProfile[]): Unfit[] {
  const found = agent.models.flatMap((model, at) => {
    const path = `models.${at}`;
    const id = providerIdOf(agent.provider, model);
    const profile = profiles.find((each) => each.id === id);
    // The model alone chose the provider of an agent that names none.
    const named = agent.provider === undefined ? path : 'provider';
    if (profile === undefined) return [{ path: named, message: 'is no provider of this installation' }];
    if (!serves(profile, model)) return [{ path, message: `is not served by the provider ${id}` }];
    return [...modeMistakes(profile, calls, named), ...otherMistakes(profile, agent, named)];
  });
  return [...new Map(found.map((each) => [`${each.path} ${each.message}`, each])).values()];
}

function modeMistakes(profile: ProviderProfile, calls: AllowedCalls, path: string): Unfit[] {
  const allowed = CallMode.options.filter((mode) => allowsMode(calls, mode));
  if (allowed.some((mode) => makesCalls(profile, mode))) return [];
  return allowed.flatMap((mode) =>
    lackedFor(profile, mode).map((ability) => ({
      path,
      message: `leads to ${profile.id}, which ${sentences[ability]}: ${mode} calls need that`,
    })),
  );
}

function otherMistakes({ id, abilities }: ProviderProfile, { tools, region }: AgentDemand, path: string): Unfit[] {
  return [
    ...(tools.length > 0 && !abilities.tools
      ? [{ path: 'tools', message: `must be empty: the provider ${id} ${sentences.tools}` }]
      : []),
    ...(region !== undefined && region !== abilities.region
      ? [{ path, message: `leads to ${id}, which works in ${abilities.region}: this agent asks for ${region}` }]
      : []),
  ];
}

/** Whether a provider makes calls of a mode at all. */
export const makesCalls = (profile: ProviderProfile, mode: CallMode): boolean => lackedFor(profile, mode).length === 0;

/** Whether a provider takes an agent with a model, as its policy was checked for when it was written. */
export const takesAgent = (
  profile: ProviderProfile,
  { region, tools }: Pick<AgentDemand, 'region' | 'tools'>,
  model: string,
): boolean =>
  serves(profile, model) &&
  (tools.length === 0 || profile.abilities.tools) &&
  (region === undefined || region === profile.abilities.region);
