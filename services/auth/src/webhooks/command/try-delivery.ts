import type { Bus } from '@vox/platform/bus';
import type { SealKeys } from '@vox/platform/crypto';
import { webhookTries } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import {
  type Attempt,
  type Delivery,
  deliveryDueAtMs,
  isDelivered,
  isGone,
  tried,
  undeliverable,
} from '../decide/delivery.ts';
import { type Endpoint, signingSecrets } from '../decide/endpoint.ts';
import type { Deliveries } from '../keep/deliveries.ts';
import { publishDeadLetter } from '../publish/facts.ts';
import { openedSecret } from '../publish/secret.ts';
import { type SendDependencies, sendMessage } from '../publish/send.ts';

export type TryDeliveryDependencies = SendDependencies &
  Readonly<{
    deliveries: Pick<Deliveries, 'update'>;
    bus: Pick<Bus, 'publish'>;
    sealKey: SealKeys;
    clock: Clock;
  }>;

/** What became of a delivery that was due. `kept`: nothing was sent. */
export type Tried = 'delivered' | 'failed' | 'gone' | 'kept';

/** Does what is due of a delivery: sends it, tells that it was given up, or forgets it. */
export async function tryDelivery(
  dependencies: TryDeliveryDependencies,
  endpoint: Endpoint,
  deliveryId: string,
  delivery: Delivery,
): Promise<Tried> {
  const { clock } = dependencies;
  if (delivery.state !== 'waiting') {
    if (delivery.isUntold) await tellDead(dependencies, deliveryId, delivery);
    else await forget(dependencies, deliveryId);
    return 'kept';
  }
  if (endpoint.disabledWhy !== null) {
    await write(dependencies, deliveryId, (known) => undeliverable(known, clock.now().getTime()));
    webhookTries.add(1, { outcome: 'dead' });
    return 'kept';
  }
  const attempt = await send(dependencies, endpoint, delivery);
  const after = await write(dependencies, deliveryId, (known) => tried(known, deliveryId, attempt));
  webhookTries.add(1, { outcome: isDelivered(attempt) ? 'delivered' : after?.state === 'dead' ? 'dead' : 'failed' });
  if (after?.isUntold) await tellDead(dependencies, deliveryId, after);
  if (isGone(attempt)) return 'gone';
  return isDelivered(attempt) ? 'delivered' : 'failed';
}

async function send(dependencies: TryDeliveryDependencies, endpoint: Endpoint, delivery: Delivery): Promise<Attempt> {
  const { clock, sealKey } = dependencies;
  const at = clock.now();
  const secrets = signingSecrets(endpoint, at.getTime()).flatMap(
    ({ sealed }) => openedSecret(sealKey, delivery, sealed) ?? [],
  );
  if (secrets.length === 0) throw new Error('the secret of a webhook endpoint was sealed under another key');
  const outcome = await sendMessage(dependencies, endpoint.url, delivery, secrets, at);
  const milliseconds = Math.max(0, clock.now().getTime() - at.getTime());
  const isAnswer = outcome.kind === 'answered';
  return {
    ...{ atMs: at.getTime(), milliseconds },
    // Nobody aborts a delivery.
    outcome: isAnswer ? 'answered' : outcome.reason === 'aborted' ? 'timeout' : outcome.reason,
    status: isAnswer ? outcome.status : null,
  };
}

/** Stores what became of a delivery that still waits. One that was removed in the meantime stays away. */
const write = (
  { deliveries }: TryDeliveryDependencies,
  deliveryId: string,
  next: (known: Delivery) => Delivery,
): Promise<Delivery | undefined> =>
  deliveries.update<Delivery | undefined>(deliveryId, (known) => {
    if (known?.state !== 'waiting') return { result: undefined };
    const state = next(known);
    return { result: state, state };
  });

/** Forgets a delivery that is done, unless somebody has replayed it since it was found. */
const forget = ({ deliveries, clock }: TryDeliveryDependencies, deliveryId: string): Promise<void> =>
  deliveries.update(deliveryId, (known) => {
    const isOver = known !== undefined && known.state !== 'waiting' && deliveryDueAtMs(known) <= clock.now().getTime();
    return isOver ? { result: undefined, remove: true } : { result: undefined };
  });

async function tellDead(
  { bus, deliveries }: TryDeliveryDependencies,
  deliveryId: string,
  delivery: Delivery,
): Promise<void> {
  await publishDeadLetter(bus, deliveryId, delivery);
  await deliveries.update(deliveryId, (known) =>
    known?.isUntold ? { result: undefined, state: { ...known, isUntold: false } } : { result: undefined },
  );
}
