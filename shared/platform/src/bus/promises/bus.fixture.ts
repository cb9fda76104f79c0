import { randomUUID } from 'node:crypto';
import {
  type Consumer,
  consumers,
  type DeadLetter,
  type Fact,
  KeyRevoked,
  makeFact,
  QuotaThreshold,
} from '@vox/contracts';
import type { Bus } from '../bus.ts';
import type { BusView } from '../view.ts';

export type BusUnderTest = Readonly<{
  bus: Bus;
  inject: (subjectName: string, bytes: Uint8Array) => Promise<void> | void;
  deadLetters: () => Promise<readonly DeadLetter[]> | readonly DeadLetter[];
  /** What an operator sees of it. */
  view: BusView;
}>;

/** A suite of promises opens its bus anew for each test. */
export type OpenedBus = () => BusUnderTest;

/** The dead letters of one consumer. */
export const lettersOf = async ({ deadLetters }: BusUnderTest, consumer: Consumer): Promise<DeadLetter[]> =>
  (await deadLetters()).filter((letter) => letter.consumer === consumer.name);

export type Revoked = typeof KeyRevoked;

export const at = new Date('2026-01-01T00:00:00.000Z');
export const revoked = (id: string = randomUUID()): Fact<Revoked> =>
  makeFact(
    KeyRevoked,
    { id, source: 'test', at },
    { tenantId: 'acme', widgetKey: 'w_acme_site_0123456789abcdef', actor: 'tester' },
  );
export const passed = (tenantId: string, id: string = randomUUID()): Fact<typeof QuotaThreshold> =>
  makeFact(
    QuotaThreshold,
    { id, source: 'test', at },
    { tenantId, identityKind: 'widget', day: '2026-01-01', period: 'day', measure: 'tokens', percent: 50, limit: 1 },
  );
export const hearing = (over: Partial<Consumer<Revoked>> = {}): Consumer<Revoked> => ({
  ...consumers.brokerRevocations,
  name: `test-${randomUUID()}`,
  maxDeliveries: 3,
  ...over,
});
export const malformed = new TextEncoder().encode(
  JSON.stringify({ ...revoked(), data: { tenantId: 'acme', widgetKey: 'canary' } }),
);
