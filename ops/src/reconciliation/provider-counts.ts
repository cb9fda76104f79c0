import { ProviderCount } from '@vox/contracts';
import { countKey, countUsage, type ProviderRow } from '@vox/quota/ledger';

/** What facts say that the provider counted of a brokered call: each response and utterance once, and all seconds. */
export type ProviderCounts = {
  each: Map<string, Exclude<ProviderCount, { kind: 'seconds' }>>;
  seconds: number;
};

export const noCounts = (): ProviderCounts => ({ each: new Map(), seconds: 0 });

/** Takes over what a fact says that the provider counted, if it says anything. What is malformed is a dead letter. */
export function addCount(counts: ProviderCounts, said: unknown): void {
  const { data: counted } = ProviderCount.safeParse(said);
  if (counted === undefined) return;
  const key = countKey(counted);
  if (counted.kind === 'seconds') counts.seconds = Math.max(counts.seconds, counted.seconds);
  else if (key !== undefined && !counts.each.has(key)) counts.each.set(key, counted);
}

export type CountedCall = Readonly<{ closed: boolean; responseIds: readonly string[]; provider: ProviderRow }>;

/**
 * Where quota has not counted a brokered call as the provider did: a sentence without its subject. `isWhole` says that
 * no fact of the call has gone, so that nothing may be counted of which no fact speaks. Responses are priced anew; of
 * utterances only the tokens are counted again, for the price of their model stands in quota's settings.
 */
export function miscounted(counts: ProviderCounts, call: CountedCall, isWhole: boolean): string | undefined {
  const { closed, responseIds, provider } = call;
  const kept = new Set(responseIds);
  if (counts.seconds > provider.seconds || [...counts.each.keys()].some((key) => !kept.has(key)))
    return 'was counted by the provider, and not all of that is counted here';
  if (kept.size !== responseIds.length) return 'has a response that is counted twice';
  // While a call lives, facts may come after the stream was read and before the record was.
  if (kept.size > counts.each.size) return isWhole && closed ? 'counts what no fact speaks of' : undefined;
  return sumsOff(counts, provider);
}

function sumsOff({ each }: ProviderCounts, { price, responses, utterances }: ProviderRow): string | undefined {
  const sums = { micros: 0, tokens: 0, utteranceTokens: 0 };
  for (const { kind, usage } of each.values()) {
    const { tokens, micros } = countUsage(price, usage);
    if (kind === 'transcription') sums.utteranceTokens += tokens;
    else {
      sums.micros += micros;
      sums.tokens += tokens;
    }
  }
  const here = [responses.tokens, responses.micros, utterances.tokens];
  const there = [sums.tokens, sums.micros, sums.utteranceTokens];
  if (here.every((count, at) => count === there[at])) return undefined;
  const shown = ([tokens, micros, spoken]: number[]) => `${tokens} tokens, ${micros} micros, ${spoken} tokens of words`;
  return `counts ${shown(here)} where the provider counted ${shown(there)}`;
}
