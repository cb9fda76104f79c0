import { randomUUID } from 'node:crypto';
import {
  CreateWebhook,
  ListWebhookDeliveries,
  ListWebhooks,
  makeFact,
  SessionEnded,
  type WebhookDeliveryView,
  type WebhookEventType,
} from '@vox/contracts';
import { stoppedClock } from '@vox/platform/time';
import { afterEach, expect } from 'vitest';
import { type AuthOnTwins, authOnTwins } from '../auth.fixture.ts';
import { type Receiver, receiver } from './receiver.fixture.ts';

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

/** The receivers check that a signature is not older than five minutes, so the clock begins at the time that it is. */
export const today = () => stoppedClock(new Date().toISOString());

export async function hooked(over: Parameters<typeof authOnTwins>[0] = {}) {
  const fixture = await authOnTwins({ clock: today(), ...over });
  open.push(fixture);
  await fixture.putTenant();
  return fixture;
}

export async function aReceiver(): Promise<Receiver> {
  const made = await receiver();
  open.push(made);
  return made;
}

/** An endpoint of a tenant at a receiver, which knows the secret from then on. */
export async function endpointAt(
  { bus }: AuthOnTwins,
  hook: Receiver,
  types: WebhookEventType[] = ['session.ended'],
  tenantId = 'acme',
): Promise<string> {
  const made = await bus.ask(CreateWebhook, { tenantId, url: hook.url, types, actor: 'test' });
  hook.secrets.push(made.secret);
  return made.endpoint.endpointId;
}

const visitorId = 'v_CanaryCanaryCanary0001';
/** The end of a call of a tenant, as the broker publishes it. */
export function anEnd({ clock }: AuthOnTwins, sessionId: string = randomUUID(), tenantId = 'acme') {
  const at = clock.now();
  const widgetKey = `w_${tenantId}_site_0123456789abcdef`;
  return makeFact(
    SessionEnded,
    { id: `ended:${sessionId}`, source: 'session-broker', at },
    {
      ...{ tenantId, sessionId, identity: { kind: 'widget', widgetKey, visitorId } },
      ...{ reason: 'client', grantedAt: at.toISOString(), endedAt: at.toISOString(), connectedSeconds: 9 },
    },
  );
}

export async function endCalls(fixture: AuthOnTwins, count: number, tenantId = 'acme'): Promise<void> {
  for (let n = 0; n < count; n += 1) await fixture.bus.publish(SessionEnded, anEnd(fixture, randomUUID(), tenantId));
}

export async function deliveriesOf({ bus }: AuthOnTwins, endpointId: string): Promise<WebhookDeliveryView[]> {
  return (await bus.ask(ListWebhookDeliveries, { tenantId: 'acme', endpointId })).deliveries;
}

export async function endpointOf({ bus }: AuthOnTwins, endpointId: string) {
  const { endpoints } = await bus.ask(ListWebhooks, { tenantId: 'acme' });
  return endpoints.find((each) => each.endpointId === endpointId);
}

/** Waits for a delivery that has had so many tries. */
export const triedTimes = (fixture: AuthOnTwins, endpointId: string, tries: number): Promise<void> =>
  expect
    .poll(async () => (await deliveriesOf(fixture, endpointId))[0]?.attempts.length, { timeout: 10_000 })
    .toBe(tries) as Promise<void>;

/** Waits until nobody works at any endpoint: a test may move the clock then. */
export const atRest = ({ queues }: AuthOnTwins): Promise<void> =>
  expect
    .poll(async () => (await queues.all(20)).some(({ state }) => state.lease !== null))
    .toBe(false) as Promise<void>;
