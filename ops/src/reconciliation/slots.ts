import { type Identity, identityKinds, type KindLimits } from '@vox/contracts';
import type { TenantSlots } from '@vox/session-broker/ledger';
import { type Finding, finding, graceMs, type Ledger, note } from './ledger.ts';

/**
 * I2: open slots stay within the caps of tenant, key, person and address, and the counters are right. `changedAtMs` is
 * the time of the last change of a tenant's policy.
 */
export async function* slotsOff(ledger: Ledger, changedAtMs: ReadonlyMap<string, number>): AsyncGenerator<Finding> {
  for await (const { tenantId, counted, open } of ledger.broker.slots(ledger.nowMs)) {
    const held = Object.values(open);
    for (const kind of identityKinds) {
      const made = held.filter(({ identity }) => identity.kind === kind).length;
      if (made !== (counted[kind] ?? 0))
        yield finding(`I2: ${tenantId} counts ${counted[kind] ?? 0} open slots and has ${made} (${kind})`);
    }
    const counts = new Map<string, { count: number; most: number; firstAtMs: number }>();
    for (const { identity, address, claimedAtMs } of held) {
      const limits = ledger.policies.get(tenantId)?.limits[identity.kind];
      for (const [scope, most] of limits === undefined ? [] : scopesOf(identity, address, limits)) {
        const { count, firstAtMs } = counts.get(scope) ?? { count: 0, firstAtMs: claimedAtMs };
        counts.set(scope, { count: count + 1, most, firstAtMs: Math.min(firstAtMs, claimedAtMs) });
      }
    }
    for (const [scope, { count, most, firstAtMs }] of counts) {
      if (count <= most) continue;
      const text = `I2: ${tenantId} has ${count} open slots of ${most} (${scope})`;
      yield (changedAtMs.get(tenantId) ?? 0) > firstAtMs ? note(`${text} since its policy changed`) : finding(text);
    }
  }
}

/** The scopes that a slot counts in, each with its cap. */
function scopesOf(identity: Identity, address: string | undefined, limits: KindLimits): (readonly [string, number])[] {
  const tenant = [identity.kind, limits.openSessions] as const;
  if (identity.kind === 'console') return [tenant, [`user ${identity.userId}`, limits.openSessionsPerPerson]];
  const person = [`visitor ${identity.visitorId}`, limits.openSessionsPerPerson] as const;
  const { openSessionsPerKey, openSessionsPerAddress } = limits;
  const scopes: (readonly [string, number])[] = [tenant, person];
  if (openSessionsPerKey !== null) scopes.push([`key ${identity.widgetKey}`, openSessionsPerKey]);
  if (address !== undefined && openSessionsPerAddress !== null)
    scopes.push([`address ${address}`, openSessionsPerAddress]);
  return scopes;
}

/** The sessions that hold a slot, each with the time of its claim. */
export const holdersOf = ({ open }: TenantSlots): (readonly [string, number])[] =>
  Object.entries(open).map(([sessionId, { claimedAtMs }]) => [sessionId, claimedAtMs]);

export const isOld = (atMs: number, { nowMs }: Ledger): boolean => atMs < nowMs - graceMs;
