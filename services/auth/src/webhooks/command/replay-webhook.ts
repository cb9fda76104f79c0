import { mistakeSaid, type ReplayWebhook } from '@vox/contracts';
import { Fault, issueAt } from '@vox/platform/fault';
import type { z } from 'zod';
import { type Delivery, replayed } from '../decide/delivery.ts';
import { type Deliveries, endpointTag, stateTag } from '../keep/deliveries.ts';
import type { Endpoints } from '../keep/endpoints.ts';
import { mustBeEnabled } from './ping-webhook.ts';
import { readEndpoint } from './read-endpoint.ts';
import { type RingQueueDependencies, ringQueue } from './ring-queue.ts';

export type ReplayWebhookDependencies = RingQueueDependencies &
  Readonly<{ endpoints: Pick<Endpoints, 'read'>; deliveries: Pick<Deliveries, 'update' | 'tagged'> }>;

type Request = z.infer<(typeof ReplayWebhook)['request']>;
type Span = Exclude<Request['what'], { deliveryId: string }>;
type Whose = Readonly<{ tenantId: string; endpointId: string }>;

/** One question replays so many: it must be answered in time. */
const page = 100;

/** Sends again what was given up, or what arrived if that is wanted. The message and its id stay as they were. */
export async function replayWebhook(
  dependencies: ReplayWebhookDependencies,
  { tenantId, endpointId, what }: Request,
): Promise<z.input<(typeof ReplayWebhook)['reply']>> {
  const whose = { tenantId, endpointId };
  mustBeEnabled(await readEndpoint(dependencies, whose));
  const answer =
    'deliveryId' in what
      ? await replayOne(dependencies, whose, what.deliveryId)
      : await replaySpan(dependencies, whose, what);
  if (answer.replayed > 0) await ringQueue(dependencies, whose, true);
  return answer;
}

async function replayOne(dependencies: ReplayWebhookDependencies, whose: Whose, deliveryId: string) {
  if (!(await again(dependencies, whose, deliveryId, () => true)))
    throw new Fault('NOT_FOUND', { issues: [issueAt('deliveryId', mistakeSaid('no-delivery'))] });
  return { replayed: 1, next: null };
}

async function replaySpan(dependencies: ReplayWebhookDependencies, whose: Whose, { since, delivered, after }: Span) {
  const sinceMs = Date.parse(since);
  const tag = delivered ? endpointTag(whose) : stateTag(whose, 'dead');
  const found = await dependencies.deliveries.tagged(tag, page, after);
  const wanted = found.filter(({ state }) => state.occurredAtMs >= sinceMs);
  let count = 0;
  for (const { key } of wanted)
    if (await again(dependencies, whose, key, ({ state }) => state !== 'waiting')) count += 1;
  const isMore = found.length === page && wanted.length === page;
  return { replayed: count, next: isMore ? (wanted.at(-1)?.key ?? null) : null };
}

/** Whether the delivery is one of this endpoint, and is sent again. */
const again = (
  { deliveries, clock }: ReplayWebhookDependencies,
  { tenantId, endpointId }: Whose,
  deliveryId: string,
  isWanted: (delivery: Delivery) => boolean,
): Promise<boolean> =>
  deliveries.update<boolean>(deliveryId, (known) => {
    const isOne = known?.tenantId === tenantId && known.endpointId === endpointId && isWanted(known);
    return isOne ? { result: true, state: replayed(known, clock.now().getTime()) } : { result: false };
  });
