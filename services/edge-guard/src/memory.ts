import type { Clock } from '@vox/platform/time';
import { memoryLimits } from './limits/keep/memory-limits.ts';
import { memoryClaims } from './store/keep/memory-claims.ts';
import type { Stores } from './stores.ts';
import { memoryStates } from './transcripts/keep/memory-states.ts';

/** The stores in this process alone. `spanMs` is the window of a limit. */
export const memoryStores = (clock: Pick<Clock, 'now'>, spanMs?: number): Stores => ({
  limits: memoryLimits(clock, spanMs),
  claims: memoryClaims(clock),
  redactionStates: memoryStates(clock),
});
