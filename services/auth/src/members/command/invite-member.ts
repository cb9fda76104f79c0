import { type InviteMember, memberActor, mistakeSaid, platform } from '@vox/contracts';
import { digest } from '@vox/platform/crypto';
import { Fault, invalidField, noTenant } from '@vox/platform/fault';
import type { z } from 'zod';
import { normalisedAddress } from '../../codes/mod.ts';
import { type QueueMailDependencies, queueMail } from '../../courier/mod.ts';
import { stampOf } from '../../tenants/mod.ts';
import { invite, isRoleOf } from '../decide/change.ts';
import type { Rosters } from '../keep.ts';
import { type AddressKey, addressMarkOf, openAddress, sealAddress } from './addresses.ts';
import { type ChangeRosterDependencies, changeRoster } from './change-roster.ts';

/** How long the link of an invitation works, and where members sign in: an address without a path. */
export type InvitationRules = Readonly<{ lifeSeconds: number; consoleUrl: string }>;

export type InviteMemberDependencies = ChangeRosterDependencies &
  AddressKey &
  QueueMailDependencies &
  Readonly<{
    random: (size: number) => Uint8Array;
    rosters: Pick<Rosters, 'read' | 'update'>;
    tenants: Readonly<{ read: (tenantId: string) => Promise<unknown> }>;
    invitations: InvitationRules;
  }>;

export const newMemberId = (random: (size: number) => Uint8Array): string =>
  `m_${Buffer.from(random(16)).toString('base64url')}`;
const tokenBytes = 24;
export const invitationDigest = (token: string): string => digest('invitation', token);

/** Invites somebody by mail. Only the hash of the link's token is kept. */
export async function inviteMember(
  dependencies: InviteMemberDependencies,
  { tenantId, email, role, ...by }: z.infer<(typeof InviteMember)['request']>,
): Promise<z.input<(typeof InviteMember)['reply']>> {
  const { random, clock, invitations } = dependencies;
  if (tenantId !== platform && (await dependencies.tenants.read(tenantId)) === undefined) throw noTenant(tenantId);
  if (!isRoleOf(tenantId, role)) throw invalidField('role', mistakeSaid('no-role'));
  const address = normalisedAddress(email);
  if (address === undefined) throw invalidField('email', mistakeSaid('one-address'));
  const token = Buffer.from(random(tokenBytes)).toString('base64url');
  const endsAt = new Date(clock.now().getTime() + invitations.lifeSeconds * 1_000);
  const memberId = newMemberId(random);
  const invited = {
    ...{ memberId, role, addressMark: addressMarkOf(dependencies, address) },
    sealedAddress: sealAddress(dependencies, tenantId, memberId, address),
    invitation: { digest: invitationDigest(token), endsAtMs: endsAt.getTime() },
  };
  const stamp = stampOf(dependencies, by);
  const member = await changeRoster(dependencies, tenantId, (roster) => invite(roster, invited, stamp));
  if (member === undefined) throw new Fault('INTERNAL');
  const expiresAt = endsAt.toISOString();
  const link = invitationLink(invitations, token);
  const values = { invitedBy: await nameOf(dependencies, tenantId, by.actor), role, link, expiresAt };
  await queueMail(dependencies, {
    id: `invitation:${stamp.id}`,
    to: address,
    tenantId,
    template: 'invitation',
    values,
  });
  return { memberId: member.memberId, invitationEndsAt: expiresAt };
}

/** The token stands behind the number sign: no server and no log on the way is told it. */
const invitationLink = ({ consoleUrl }: InvitationRules, token: string): string =>
  new URL(`/console/sign-in#invitation=${token}`, consoleUrl).href;

/** Who invites, as the person who is invited reads it. */
async function nameOf(dependencies: InviteMemberDependencies, tenantId: string, actor: string): Promise<string> {
  const roster = await dependencies.rosters.read(tenantId);
  const member = roster?.members.find(({ memberId }) => actor === memberActor(memberId));
  return member === undefined ? 'The operator' : openAddress(dependencies, tenantId, member);
}
