import { type QueueMailDependencies, queueMail } from '../../courier/mod.ts';
import type { FactorAct } from '../decide/mail.ts';

type Whose = Readonly<{ tenantId: string; memberId: string }>;

export type MailMemberDependencies = QueueMailDependencies &
  Readonly<{
    /** The address of a member. Undefined: there is no such member. */
    nameOfMember: (owner: Whose) => Promise<string | undefined>;
  }>;

/** Tells a member by mail what changed of their factors. The same act again is the same mail. It holds no secret. */
export async function mailMember(
  dependencies: MailMemberDependencies,
  owner: Whose,
  { id, atMs, byMember, changes }: FactorAct,
): Promise<void> {
  const to = await dependencies.nameOfMember(owner);
  if (to === undefined) return;
  await queueMail(dependencies, {
    ...{ id: `second-factor:${id}`, to, tenantId: owner.tenantId, template: 'second-factor' },
    values: { byMember, at: new Date(atMs).toISOString(), changes: changes.map((each) => ({ ...each })) },
  });
}
