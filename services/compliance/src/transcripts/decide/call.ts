import type { Amount, EndReason, IdentityKind } from '@vox/contracts';
import type { Call } from './transcript.ts';

/** A call as it is kept when it is over: why it ended and what it used, as far as that is known. */
export type KeptCall = Call &
  Readonly<{
    endReason: EndReason | null;
    used: Amount | null;
    /** The three that follow stand in no record from before they were kept. */
    kind?: IdentityKind | undefined;
    widgetKey?: string | undefined;
    connectedSeconds?: number | undefined;
  }>;

/**
 * A later total stands in the place of an earlier one. The two may be heard in either order, and a total only grows.
 */
export function billed(call: KeptCall, used: Amount): KeptCall {
  const before = call.used ?? { tokens: 0, micros: 0, seconds: 0 };
  const most = (measure: keyof Amount): number => Math.max(before[measure], used[measure]);
  return { ...call, used: { tokens: most('tokens'), micros: most('micros'), seconds: most('seconds') } };
}

export const isNothing = ({ tokens, micros, seconds }: Amount): boolean => tokens + micros + seconds === 0;
