import type { Clock } from '@vox/platform/time';
import { awake, rung } from '../decide/queue.ts';
import { endpointTag } from '../keep/deliveries.ts';
import type { Queues } from '../keep/queues.ts';

export type RingQueueDependencies = Readonly<{ queues: Pick<Queues, 'update'>; clock: Clock }>;

/**
 * Says that something of an endpoint is due now. Asked for by hand, it is done at once, even of an endpoint that rests
 * because it failed.
 */
export async function ringQueue(
  { queues, clock }: RingQueueDependencies,
  { tenantId, endpointId }: Readonly<{ tenantId: string; endpointId: string }>,
  isByHand = false,
): Promise<void> {
  const whose = { tenantId, endpointId };
  await queues.update(endpointTag(whose), (known) => {
    const state = rung(known, whose, clock.now().getTime());
    return { result: undefined, state: isByHand ? awake(state) : state };
  });
}
