import { type InviteMember, platform } from '@vox/contracts';
import { digest } from '@vox/platform/crypto';
import { Fault, invalidField, noTenant } from '@vox/platform/fault';
import type { z } from 'zod';
import { invite, isRoleOf } from '../decide/change.ts';
import { type AddressKey, addressMarkOf, sealAddress } from './addresses.ts';
import { type ChangeRosterDependencies, changeRoster, rosterStamp } from './change-roster.ts';

/** What is mailed to somebody who is invited. The token leads to signing in, once and until its end. */
export type InvitationMail = Readonly<{ to: string; tenantId: string; role: string; token: string; endsAt: Date }>;

export type InviteMemberDependencies = ChangeRosterDependencies &
  AddressKey &
  Readonly<{
    random: (size: number) => Uint8Array;
    normalisedAddress: (email: string) => string | undefined;
    tenantExists: (tenantId: string) => Promise<boolean>;
    mailInvitation: (mail: InvitationMail) => Promise<void>;
    /** How long the link of an invitation works. */
    invitationSeconds: number;
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
  const { random, clock, normalisedAddress, invitationSeconds } = dependencies;
  if (tenantId !== platform && !(await dependencies.tenantExists(tenantId))) throw noTenant(tenantId);
  if (!isRoleOf(tenantId, role)) throw invalidField('role', 'is none that a member of this tenant can have');
  const address = normalisedAddress(email);
  if (address === undefined) throw invalidField('email', 'must be one e-mail address and nothing else');
  const token = Buffer.from(random(tokenBytes)).toString('base64url');
  const endsAt = new Date(clock.now().getTime() + invitationSeconds * 1_000);
  const memberId = newMemberId(random);
  const invited = {
    ...{ memberId, role, addressMark: addressMarkOf(dependencies, address) },
    sealedAddress: sealAddress(dependencies, tenantId, memberId, address),
    invitation: { digest: invitationDigest(token), endsAtMs: endsAt.getTime() },
  };
  const stamp = rosterStamp(dependencies, by);
  const member = await changeRoster(dependencies, tenantId, (roster) => invite(roster, invited, stamp));
  if (member === undefined) throw new Fault('INTERNAL');
  await dependencies.mailInvitation({ to: address, tenantId, role, token, endsAt });
  return { memberId: member.memberId, invitationEndsAt: endsAt.toISOString() };
}
