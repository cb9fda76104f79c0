import { type Acting, changeSignals } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { inParallel } from '@vox/platform/time';
import { deliveryDueAtMs } from '../decide/delivery.ts';
import { type Endpoint, noteHealth } from '../decide/endpoint.ts';
import { leased, type Queue, type Round, released } from '../decide/queue.ts';
import { type Deliveries, endpointTag } from '../keep/deliveries.ts';
import type { Queues } from '../keep/queues.ts';
import { type ChangeEndpointsDependencies, changeEndpoints } from './change-endpoints.ts';
import { type Tried, type TryDeliveryDependencies, tryDelivery } from './try-delivery.ts';

export type WorkQueueDependencies = TryDeliveryDependencies &
  ChangeEndpointsDependencies &
  Readonly<{
    bus: Pick<Bus, 'publish' | 'signal'>;
    queues: Pick<Queues, 'update'>;
    deliveries: Pick<Deliveries, 'update' | 'remove' | 'dueUnder' | 'tagged'>;
  }>;

/** So many requests are under way to one endpoint, over all copies. */
export const requestsPerEndpoint = 4;
/** Then it is the turn of other endpoints. */
const roundsMax = 5;
const itself: Acting = { actor: 'service:auth' };
/** The end of the year 9999: stores write moments as dates, and no store knows a later one. */
const everMs = 253_402_300_799_999;

/**
 * Works at one endpoint under a lease: some rounds of what is due, each in parallel. A copy that dies leaves a lease
 * that ends, and another sends what it may have sent, under the same `webhook-id`.
 */
export async function workQueue(
  dependencies: WorkQueueDependencies,
  { tenantId, endpointId }: Pick<Queue, 'tenantId' | 'endpointId'>,
  by: string,
): Promise<void> {
  const whose = { tenantId, endpointId };
  let last: Round | undefined;
  for (let rounds = 0; rounds < roundsMax && (await lease(dependencies, whose, by)); rounds += 1) {
    const book = await dependencies.endpoints.read(tenantId);
    const endpoint = book?.endpoints.find((each) => each.endpointId === endpointId);
    const outcomes =
      endpoint === undefined ? await forgetAll(dependencies, whose) : await round(dependencies, whose, endpoint);
    if (outcomes === undefined) break;
    const next = await noteRound(dependencies, whose, outcomes);
    last = next ?? last;
    if (next === 'failing') break;
  }
  await release(dependencies, whose, by, last);
}

type Whose = Readonly<{ tenantId: string; endpointId: string }>;

const lease = ({ queues, clock }: WorkQueueDependencies, whose: Whose, by: string): Promise<boolean> =>
  queues.update<boolean>(endpointTag(whose), (known) => {
    const state = leased(known, by, clock.now().getTime());
    return state === undefined ? { result: false } : { result: true, state };
  });

/** Does what is due of an endpoint, a few at once. Answers what came of each, or nothing when nothing was due. */
async function round(
  dependencies: WorkQueueDependencies,
  whose: Whose,
  endpoint: Endpoint,
): Promise<Tried[] | undefined> {
  const { deliveries, clock } = dependencies;
  const due = await deliveries.dueUnder(endpointTag(whose), clock.now().getTime(), requestsPerEndpoint);
  const outcomes: Tried[] = [];
  await inParallel(due, async ({ key, state }) => {
    outcomes.push(await tryDelivery(dependencies, endpoint, key, state));
  });
  return due.length === 0 ? undefined : outcomes;
}

/** Nothing is kept of an endpoint that was removed. */
async function forgetAll({ deliveries }: WorkQueueDependencies, whose: Whose): Promise<Tried[] | undefined> {
  const found = await deliveries.tagged(endpointTag(whose), 100);
  await inParallel(found, ({ key }) => deliveries.remove(key));
  return found.length === 0 ? undefined : ['kept'];
}

/** Keeps in mind how an endpoint does. It is disabled when it is gone or has failed for days. */
async function noteRound(
  dependencies: WorkQueueDependencies,
  { tenantId, endpointId }: Whose,
  outcomes: readonly Tried[],
): Promise<Round | undefined> {
  const sent = outcomes.filter((outcome) => outcome !== 'kept');
  if (sent.length === 0) return undefined;
  // No fact tells of a try.
  dependencies.bus.signal(
    changeSignals.auth,
    { tenantId },
    { resource: 'webhooks', id: endpointId, change: 'changed' },
  );
  const isWell = sent.includes('delivered');
  const health = sent.includes('gone') ? 'gone' : isWell ? 'well' : 'failing';
  const { clock } = dependencies;
  const book = await dependencies.endpoints.read(tenantId);
  const known = book === undefined ? 'unchanged' : noteHealth(book, endpointId, health, clock.now().getTime()).kind;
  if (known !== 'unchanged')
    await changeEndpoints(dependencies, tenantId, itself, (now, nowMs) => noteHealth(now, endpointId, health, nowMs));
  return isWell ? 'well' : 'failing';
}

/**
 * Frees the queue until something of it is due. What came in meanwhile has changed it, so that it is looked at again.
 */
const release = (
  { queues, deliveries, clock }: WorkQueueDependencies,
  whose: Whose,
  by: string,
  last: Round | undefined,
) =>
  queues.update<void>(endpointTag(whose), async (known) => {
    if (known?.lease?.by !== by) return { result: undefined };
    const [next] = await deliveries.dueUnder(endpointTag(whose), everMs, 1);
    if (next === undefined) return { result: undefined, remove: true };
    const dueAtMs = deliveryDueAtMs(next.state);
    return { result: undefined, state: released(known, dueAtMs, last, clock.now().getTime()) };
  });
