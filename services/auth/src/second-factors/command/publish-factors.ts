import type { Bus } from '@vox/platform/bus';
import { factorKey, type MemberFactors, withoutTold } from '../decide/member-factors.ts';
import type { SecondFactors } from '../keep.ts';
import { publishFactorEntry } from '../publish.ts';

export type PublishFactorsDependencies = Readonly<{
  secondFactors: Pick<SecondFactors, 'update'>;
  bus: Pick<Bus, 'publish'>;
}>;

/** Publishes what happened to a member's factors, then clears it. After a crash in between the sweep does it again. */
export async function publishFactors(
  { secondFactors, bus }: PublishFactorsDependencies,
  { tenantId, memberId, untold }: Pick<MemberFactors, 'tenantId' | 'memberId' | 'untold'>,
): Promise<void> {
  if (untold.length === 0) return;
  for (const entry of untold) await publishFactorEntry(bus, { tenantId, memberId }, entry);
  await secondFactors.update(factorKey(tenantId, memberId), (known) =>
    known === undefined ? { result: undefined } : { result: undefined, state: withoutTold(known, untold) },
  );
}
