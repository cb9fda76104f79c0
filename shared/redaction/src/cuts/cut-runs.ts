import { endOf, type Run, startOf } from '../digits/run.ts';
import { type Cut, united } from './cut.ts';

/** The runs that are cut at least in part. Cuts and runs are walked side by side. */
export function cutRuns(runs: readonly Run[], cuts: readonly Cut[]): Set<Run> {
  const places = united(cuts);
  let at = 0;
  return new Set(
    runs.filter((run) => {
      while ((places[at]?.end ?? Number.POSITIVE_INFINITY) <= startOf(run)) at += 1;
      return (places[at]?.start ?? Number.POSITIVE_INFINITY) < endOf(run);
    }),
  );
}
