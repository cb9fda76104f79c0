import { type Cut, without } from '../cuts/cut.ts';
import { type CutCounts, counted, type RedactionPolicy, totalled } from '../cuts/policy.ts';
import { cutLines } from './lines.ts';
import { freshRedactionState } from './state.ts';

/** What to cut from a text by itself. */
export const cutsOf = (text: string, policy: RedactionPolicy): readonly Cut[] =>
  cutLines(freshRedactionState, [{ role: '', text }], policy, false).cuts[0] ?? [];

/** A cut as the policy shows it. */
export const shown = (cut: Cut, policy: RedactionPolicy): Cut => (policy.keepLastFour ? cut : { ...cut, lastFour: '' });

/** So often is a text looked at again while cuts bring forth more: that a text is hostile must not make it slow. */
const againMost = 3;

/**
 * Redacts a text by itself: card numbers, their codes and expiry, and what else the policy names. The beginning of a
 * card that would go on elsewhere stays. What a cut leaves is looked at again, so that redacting a redacted text
 * changes nothing.
 */
export function redactText(text: string, policy: RedactionPolicy): { text: string; found: CutCounts } {
  const found: CutCounts[] = [];
  let left = text;
  for (let again = 0; again <= againMost; again += 1) {
    const cuts = cutsOf(left, policy);
    if (cuts.length === 0) break;
    found.push(counted(cuts.map(({ kind }) => kind)));
    left = without(
      left,
      cuts.map((cut) => shown(cut, policy)),
    );
  }
  return { text: left, found: totalled(found) };
}
