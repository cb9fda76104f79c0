import { type Agent, type CallMode, type Denial, makesCalls, type ProviderProfile, takesAgent } from '@vox/contracts';

export type WantedCall = Readonly<{
  agent: Pick<Agent, 'region' | 'tools'>;
  model: string;
  mode: CallMode;
  /** What quota holds of it in tokens. */
  reservedTokens: number;
}>;

/**
 * Why a provider cannot make a call, though its policy was written: the providers of an installation may have changed
 * since. A call that is held by the token and counted by the second would count as nothing.
 */
export function unfit(
  profile: ProviderProfile,
  { agent, model, mode, reservedTokens }: WantedCall,
): Denial | undefined {
  if (!takesAgent(profile, agent, model)) return { reason: 'model-not-allowed' };
  if (!makesCalls(profile, mode)) return { reason: 'mode-not-allowed' };
  const isByToken = reservedTokens > 0;
  return isByToken && profile.abilities.unit === 'seconds' ? { reason: 'model-without-price' } : undefined;
}
