import { HeldOffer } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { Fault } from '@vox/platform/fault';

export type FetchOfferDependencies = Readonly<{ bus: Pick<Bus, 'fetchHeld'> }>;

const fetchMs = 1_000;

/** The offer of a request, from the copy of the edge that took it; `undefined` when nobody waits there any more. */
export async function fetchOffer(
  { bus }: FetchOfferDependencies,
  replyTo: string | undefined,
): Promise<string | undefined> {
  if (replyTo === undefined) return undefined;
  try {
    return (await bus.fetchHeld(replyTo, HeldOffer, { timeoutMs: fetchMs })).offer;
  } catch (error) {
    if (error instanceof Fault && error.code === 'UNAVAILABLE') return undefined;
    throw error;
  }
}
