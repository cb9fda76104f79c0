import type { IdentityKind } from '@vox/contracts';
import type { Differing } from './differing.ts';
import { type Outcome, type PastCall, refused, unknown } from './past-call.ts';

/** The limits of how long a call may last or be silent. */
export const isTimeLimit = (rule: string): boolean => rule === 'sessionSeconds' || rule === 'idleSeconds';

/** How long a call lasted, in whole seconds. */
const lengthOf = ({ startedAtMs, endedAtMs }: PastCall): number => Math.floor((endedAtMs - startedAtMs) / 1_000);

/** What another longest time or silence would have done to a call of its kind, if anything. */
export function timeOutcome(call: PastCall, { rule, kind, change, after }: Differing): Outcome | undefined {
  if (call.kind !== kind || typeof after !== 'number') return undefined;
  const end = rule === 'sessionSeconds' ? 'max_duration' : 'idle';
  // It was cut off: nobody knows how long it would have gone on.
  if (change === 'looser') return call.endReason === end ? unknown : undefined;
  if (rule === 'sessionSeconds') {
    if (after === 0) return refused;
    return earlier(lengthOf(call) - after);
  }
  if (call.endReason !== 'idle') return undefined;
  const silence = call.granted?.idleSeconds;
  // A silence at its end lasted as long as its grant let it. Those before it are not kept.
  return silence === undefined ? unknown : earlier(Math.min(silence - after, lengthOf(call)));
}

const earlier = (seconds: number): Outcome | undefined => (seconds > 0 ? { kind: 'earlier', seconds } : undefined);

/** A budget that is larger lets those go on whom the smaller one ended. */
export const budgetOutcome = ({ kind, endReason }: PastCall, of: IdentityKind | null): Outcome | undefined =>
  kind === of && endReason === 'quota' ? unknown : undefined;
