import type { Bus } from '@vox/platform/bus';
import { factorActs } from '../decide/mail.ts';
import { factorKey, type MemberFactors, withoutTold } from '../decide/member-factors.ts';
import type { SecondFactors } from '../keep.ts';
import { publishFactorEntry } from '../publish.ts';
import { type MailMemberDependencies, mailMember } from './mail-member.ts';

export type PublishFactorsDependencies = MailMemberDependencies &
  Readonly<{
    secondFactors: Pick<SecondFactors, 'update'>;
    bus: Pick<Bus, 'publish'>;
  }>;

/**
 * Publishes what happened to a member's factors, tells the member by mail, then clears it. After a crash in between the
 * sweep does it again.
 */
export async function publishFactors(
  dependencies: PublishFactorsDependencies,
  { tenantId, memberId, untold }: Pick<MemberFactors, 'tenantId' | 'memberId' | 'untold'>,
): Promise<void> {
  if (untold.length === 0) return;
  const { secondFactors, bus } = dependencies;
  const owner = { tenantId, memberId };
  for (const entry of untold) await publishFactorEntry(bus, owner, entry);
  for (const act of factorActs(memberId, untold)) await mailMember(dependencies, owner, act);
  await secondFactors.update(factorKey(tenantId, memberId), (known) =>
    known === undefined ? { result: undefined } : { result: undefined, state: withoutTold(known, untold) },
  );
}
