import { type Cut, without } from '../cuts/cut.ts';
import { type CutCounts, counted, type RedactionPolicy } from '../cuts/policy.ts';
import { cutLines } from './lines.ts';
import { freshRedactionState } from './state.ts';

/** What to cut from a text by itself. */
export const cutsOf = (text: string, policy: RedactionPolicy): readonly Cut[] =>
  cutLines(freshRedactionState, [{ role: '', text }], policy, false).cuts[0] ?? [];

/** A cut as the policy shows it. */
export const shown = (cut: Cut, policy: RedactionPolicy): Cut => (policy.keepLastFour ? cut : { ...cut, lastFour: '' });

/**
 * Redacts a text by itself: card numbers, their codes and expiry, and what else the policy names. The beginning of a
 * card that would go on elsewhere stays. Redacting a redacted text changes nothing.
 */
export function redactText(text: string, policy: RedactionPolicy): { text: string; found: CutCounts } {
  const cuts = cutsOf(text, policy);
  return {
    text: without(
      text,
      cuts.map((cut) => shown(cut, policy)),
    ),
    found: counted(cuts.map(({ kind }) => kind)),
  };
}
