import { z } from 'zod';
import { factKind } from '../kinds/fact.ts';
import { question } from '../kinds/question.ts';
import { acting } from '../values/acting.ts';
import { MemberId, TenantIdOrPlatform } from '../values/ids.ts';
import { Role } from './access.ts';

/** An e-mail address as somebody wrote it. It travels in questions and never in facts. */
export const WrittenAddress = z.string().min(1).max(320);

const member = { tenantId: TenantIdOrPlatform, memberId: MemberId };
const at = z.iso.datetime();

export const MemberView = z.object({
  memberId: MemberId,
  email: z.string(),
  role: Role,
  status: z.enum(['invited', 'active']),
  invitedAt: at,
  invitationEndsAt: at.nullable().describe('until when the link of the mail works; null for whoever has joined'),
  joinedAt: at.nullable(),
});
export type MemberView = z.infer<typeof MemberView>;

export const ListMembers = question(
  'auth',
  'member-list',
  'The members of a tenant, invited ones too.',
  z.strictObject({ tenantId: TenantIdOrPlatform }),
  z.object({ members: z.array(MemberView) }),
  { action: 'members.list' },
);

export const InviteMember = question(
  'auth',
  'member-invite',
  'Invites somebody by mail, or sends a new link for an invitation that stands.',
  z.strictObject({ tenantId: TenantIdOrPlatform, email: WrittenAddress, role: Role, ...acting }),
  z.object({ memberId: MemberId, invitationEndsAt: at }),
  { action: 'members.invite' },
);

export const ChangeMemberRole = question(
  'auth',
  'member-role',
  'Gives a member another role, and ends its logins. The last owner stays an owner.',
  z.strictObject({ ...member, role: Role, ...acting }),
  z.object({ role: Role }),
  { action: 'members.change-role' },
);

export const RemoveMember = question(
  'auth',
  'member-remove',
  'Removes a member and ends its logins, or takes an invitation back. The last owner stays.',
  z.strictObject({ ...member, ...acting }),
  z.object({ removed: z.boolean().describe('false where there was no such member any more') }),
  { action: 'members.remove' },
);

const fact = <const N extends `vox.identity.member-${string}`, D extends z.ZodObject>(
  name: N,
  summary: string,
  data: D,
) => factKind({ name, version: 1, scope: 'tenant', stream: 'VOX_TRUST', publishers: ['auth'], summary, data });

export const MemberInvited = fact(
  'vox.identity.member-invited',
  'Somebody was invited, or invited again.',
  z.object({ ...member, role: Role, ...acting }),
);
export const MemberJoined = fact(
  'vox.identity.member-joined',
  'Somebody took an invitation, or came in by single sign-on.',
  z.object({ ...member, role: Role, ...acting }),
);
export const MemberRoleChanged = fact(
  'vox.identity.member-role-changed',
  'A member got another role, and its logins ended.',
  z.object({ ...member, role: Role, ...acting }),
);
export const MemberRemoved = fact(
  'vox.identity.member-removed',
  'A member is one no more, and its logins ended.',
  z.object({ ...member, ...acting }),
);

/** The facts of members, by ids alone. */
export const memberFacts = [MemberInvited, MemberJoined, MemberRoleChanged, MemberRemoved] as const;
