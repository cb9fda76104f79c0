import type { Acting } from '@vox/contracts';
import type { Reading } from '@vox/platform/access';
import { type ActOf, type Bus, publishAct } from '@vox/platform/bus';
import { noTenant } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import type { Policies } from '../keep/policies.ts';

export type RecordActDependencies = Readonly<{ bus: Pick<Bus, 'publish'>; policies: Policies; clock: Clock }>;

/**
 * Publishes who does what, before it is done. Throws Fault NOT_FOUND when there is no such tenant; the refusal is
 * published too. Acts of one reading are one.
 */
export async function recordAct(
  { bus, policies, clock }: RecordActDependencies,
  act: ActOf,
  by: Acting,
  reading?: Reading,
): Promise<void> {
  const knows = (tenantId: string): boolean => policies.get(tenantId) !== undefined;
  const isKnown = knows(act.tenantId);
  const refused = { outcome: 'refused', details: { code: 'NOT_FOUND' } } as const;
  const details = reading && { mayRepeatUntil: new Date(reading.untilMs).toISOString() };
  const done = { outcome: 'done', id: reading?.id, details } as const;
  await publishAct({ bus, clock, source: 'session-broker', knows }, act, by, isKnown ? done : refused);
  if (!isKnown) throw noTenant(act.tenantId);
}
