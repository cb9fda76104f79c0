import { z } from 'zod';
import type { CallMode } from '../calls/call-mode.ts';

/** A provider by the name that the installation gave it. It is a label of metrics too. */
export const ProviderId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be 1–32 lower-case letters, digits or hyphens, a letter first');

/** Where a provider works on its calls, such as `eu`. */
export const ProviderRegion = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be a region, 1–32 lower-case letters, digits or hyphens');

/** How one speaks with a provider: OpenAI's Realtime API or its Live API, whoever serves it. */
export const Adapter = z.enum(['openai-realtime', 'openai-live']);
export type Adapter = z.infer<typeof Adapter>;

/**
 * What a provider can do. `lockedClient`: what a browser may tell it can be held, by cutting its channel, by a list of
 * what it may say, or by putting back what it changed. `serverEnd`: we can end a call. `trustedUsage`: it tells us what
 * a call used. `clientSecrets`: a browser can begin a call by itself. `tools`: it calls functions of an agent.
 */
export const Ability = z.enum(['lockedClient', 'serverEnd', 'trustedUsage', 'clientSecrets', 'tools']);
export type Ability = z.infer<typeof Ability>;

export type Abilities = Readonly<Record<Ability, boolean>> &
  Readonly<{
    /** What it counts a call by. */
    unit: 'tokens' | 'seconds';
    region: string;
  }>;

/** What must be known of a provider to say which calls it can make. */
export type ProviderProfile = Readonly<{
  id: string;
  adapter: Adapter;
  /** Names of models, or beginnings of names with a `*` behind. Left out, all that its adapter can speak with. */
  models?: readonly string[] | undefined;
  abilities: Abilities;
}>;

/** The provider of every agent that names none, and the one beside it for the models of the Live API. */
export const standardProviderId = 'openai';
export const standardLiveProviderId = 'openai-live';

const isLiveModel = (model: string): boolean => /^gpt-live-\d/.test(model);

/** The provider that makes the calls of an agent with a model. */
export const providerIdOf = (named: string | undefined, model: string): string =>
  named ?? (isLiveModel(model) ? standardLiveProviderId : standardProviderId);

/** Whether a provider serves a model. */
export function serves({ adapter, models }: Pick<ProviderProfile, 'adapter' | 'models'>, model: string): boolean {
  if (models === undefined) return isLiveModel(model) === (adapter === 'openai-live');
  return models.some((each) => (each.endsWith('*') ? model.startsWith(each.slice(0, -1)) : each === model));
}

const needs: Readonly<Record<CallMode, readonly Ability[]>> = {
  brokered: ['lockedClient', 'serverEnd', 'trustedUsage'],
  direct: ['clientSecrets'],
};

/** What a provider lacks to make calls of a mode; nothing when it can. */
export const lackedFor = ({ abilities }: Pick<ProviderProfile, 'abilities'>, mode: CallMode): readonly Ability[] =>
  needs[mode].filter((ability) => !abilities[ability]);
