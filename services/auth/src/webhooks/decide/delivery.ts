import type { WebhookAttempt } from '@vox/contracts';

/** How one try ended. `status` is null where there was no answer. */
export type Attempt = Readonly<{
  atMs: number;
  outcome: WebhookAttempt['outcome'];
  status: number | null;
  milliseconds: number;
}>;

/** One message for one endpoint. */
export type Delivery = Readonly<{
  tenantId: string;
  endpointId: string;
  /** `webhook-id`. The endpoints of a tenant get one event under one id. */
  messageId: string;
  type: string;
  /** The bytes that are signed and sent, the same at each try. */
  body: string;
  occurredAtMs: number;
  state: 'waiting' | 'delivered' | 'dead';
  /** Since it was made, or since it was replayed last. */
  tries: number;
  replays: number;
  /** When it is tried next. Of one that is done: when it was done. */
  atMs: number;
  attempts: readonly Attempt[];
  /** It was given up, and nobody has been told yet. */
  isUntold: boolean;
}>;

const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];
/**
 * Pauses between tries, as the Standard Webhooks specification recommends them (at once, 5 s, 5 min, 30 min, 2 h, 5 h,
 * 10 h), and one more so that the last try is within a day of the first.
 */
export const pausesMs = [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 6 * hour] as const;

const attemptsKept = 10;
const keptMs = { delivered: 8 * day, dead: 30 * day };

/** When a worker must look at a delivery: to try it, to tell that it was given up, or to forget it. */
export const deliveryDueAtMs = ({ state, atMs, isUntold }: Delivery): number =>
  state === 'waiting' || isUntold ? atMs : atMs + keptMs[state];

/** Of two deliveries, the one whose event happened later has the smaller id: lists begin with the newest. */
export const deliveryIdOf = (occurredAtMs: number, hash: string): string =>
  `wd_${String(9_999_999_999_999 - occurredAtMs).padStart(13, '0')}_${hash}`;

export const isDelivered = ({ status }: Pick<Attempt, 'status'>): boolean =>
  status !== null && status >= 200 && status < 300;
/** The receiver wants nothing more (RFC 9110 §15.5.11; Standard Webhooks). */
export const isGone = ({ status }: Pick<Attempt, 'status'>): boolean => status === 410;

/** Up to a tenth less than the schedule says: what failed together is not tried together for ever. */
function pauseMs(deliveryId: string, tries: number): number | undefined {
  const whole = pausesMs[tries - 1];
  if (whole === undefined) return undefined;
  let sum = tries;
  for (let at = 0; at < deliveryId.length; at += 1) sum = (sum * 31 + deliveryId.charCodeAt(at)) % 1_000;
  return Math.round(whole * (1 - sum / 10_000));
}

/** A delivery after a try: it arrived, it will be tried again, or it is given up. */
export function tried(delivery: Delivery, deliveryId: string, attempt: Attempt): Delivery {
  const tries = delivery.tries + 1;
  const next = { ...delivery, tries, attempts: [...delivery.attempts, attempt].slice(-attemptsKept) };
  const endMs = attempt.atMs + attempt.milliseconds;
  if (isDelivered(attempt)) return { ...next, state: 'delivered', atMs: endMs };
  const pause = isGone(attempt) ? undefined : pauseMs(deliveryId, tries);
  if (pause === undefined) return { ...next, state: 'dead', atMs: endMs, isUntold: true };
  return { ...next, atMs: endMs + pause };
}

/** A delivery to an endpoint that was disabled is given up at once. The fact of the endpoint tells of it. */
export const undeliverable = (delivery: Delivery, nowMs: number): Delivery => ({
  ...delivery,
  ...{ state: 'dead', atMs: nowMs },
  attempts: [...delivery.attempts, { atMs: nowMs, outcome: 'disabled', status: null, milliseconds: 0 } as const].slice(
    -attemptsKept,
  ),
});

/** A delivery that is sent again by hand, with all its tries. One that waits already is only tried at once. */
export const replayed = (delivery: Delivery, nowMs: number): Delivery => ({
  ...delivery,
  ...{ state: 'waiting', tries: 0, replays: delivery.replays + 1, atMs: nowMs, isUntold: false },
});
