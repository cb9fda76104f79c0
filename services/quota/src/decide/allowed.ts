import { type Allowed, possibleIn, responsesIn } from './believable.ts';
import { type Admitted, lastedSeconds } from './record.ts';
import type { Needs } from '../dependencies.ts';

/** How much of what a browser says of its call is believed now. */
export function allowedTo(needs: Needs, record: Admitted): Allowed {
  const { bounds } = needs;
  const seconds = lastedSeconds(record, needs.clock.now().getTime());
  return {
    possible: possibleIn(record.price, seconds, record.openingTokens ?? bounds.openingTokens, bounds),
    responses: responsesIn(seconds, bounds),
  };
}
