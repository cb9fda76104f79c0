import { EraseFrom, ExportFrom, type HeldRecord, type PersonReference } from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import { type ExportLoginsDependencies, exportLogins } from './logins/mod.ts';
import {
  type ChangeRosterDependencies,
  exportMember,
  type FindMembersDependencies,
  forgetMember,
  membersOfPerson,
} from './members/mod.ts';
import { exportFactors } from './second-factors/mod.ts';

type SubjectStepDependencies = FindMembersDependencies &
  ChangeRosterDependencies &
  ExportLoginsDependencies &
  Parameters<typeof exportFactors>[0] &
  Readonly<{ rosters: FindMembersDependencies['rosters'] & ChangeRosterDependencies['rosters'] }>;

/** Auth knows no visitor. It knows the members of a tenant, who are persons with an address. */
export const subjectStepResponders = async (
  dependencies: SubjectStepDependencies & Readonly<{ bus: Pick<Bus, 'answer' | 'publish'> }>,
): Promise<Consumption[]> => [
  await dependencies.bus.answer(ExportFrom.auth, async (person) => ({
    records: await heldOf(dependencies, person),
  })),
  await dependencies.bus.answer(EraseFrom.auth, async (person) => ({ erased: await erase(dependencies, person) })),
];

async function heldOf(dependencies: SubjectStepDependencies, person: PersonReference): Promise<HeldRecord[]> {
  const { tenantId } = person;
  const members = await membersOfPerson(dependencies, person);
  const held = members.map(async (member) => [
    exportMember(dependencies, tenantId, member),
    ...(await exportLogins(dependencies, tenantId, member.memberId)),
    ...(await exportFactors(dependencies, { tenantId, memberId: member.memberId })),
  ]);
  return (await Promise.all(held)).flat();
}

/** Erases the members, with their logins and known browsers, and answers how many records that were. */
async function erase(dependencies: SubjectStepDependencies, person: PersonReference): Promise<number> {
  const { length } = await heldOf(dependencies, person);
  for (const member of await membersOfPerson(dependencies, person))
    await forgetMember(dependencies, person.tenantId, member);
  return length;
}
