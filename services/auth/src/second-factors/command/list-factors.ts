import type { Factor } from '../decide/member-factors.ts';
import type { SecondFactors } from '../keep.ts';
import { type FactorOwner, factorsOf } from './change-factors.ts';

export type ShownFactor = Readonly<{
  factorId: string;
  kind: Factor['kind'];
  name: string;
  createdAt: string;
  lastUsedAt: string | null;
}>;

const iso = (ms: number): string => new Date(ms).toISOString();

/** A member's factors without anything secret, and how many recovery codes are left. */
export async function listFactors(
  dependencies: Readonly<{ secondFactors: Pick<SecondFactors, 'read'> }>,
  owner: FactorOwner,
): Promise<Readonly<{ factors: ShownFactor[]; recoveryCodesLeft: number }>> {
  const { factors, recovery } = await factorsOf(dependencies, owner);
  const shown = factors.map(({ factorId, kind, name, createdAtMs, lastUsedAtMs }) => ({
    ...{ factorId, kind, name, createdAt: iso(createdAtMs) },
    lastUsedAt: lastUsedAtMs === null ? null : iso(lastUsedAtMs),
  }));
  return { factors: shown, recoveryCodesLeft: recovery.length };
}
