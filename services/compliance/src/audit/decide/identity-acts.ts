import {
  KeyCreated,
  KeyRevoked,
  KeyRotated,
  KillSwitchEngaged,
  KillSwitchReleased,
  LoginEnded,
  LoginStarted,
  LoginSteppedUp,
  MemberInvited,
  MemberJoined,
  MemberRemoved,
  MemberRoleChanged,
  PolicyChanged,
  SigningKeyRotated,
  TenantCreated,
  TenantResumed,
  TenantSuspended,
} from '@vox/contracts';
import { asked, type Projections } from './act-forms.ts';

const halted = ({ tenantId, widgetKey }: Readonly<{ tenantId: string; widgetKey?: string | undefined }>): string =>
  widgetKey === undefined ? `tenant:${tenantId}` : `key:${widgetKey}`;

/** How the facts of identity read as acts. */
export const identityActs = {
  [TenantCreated.name]: ({ data }) => asked(data, 'tenant.create', `tenant:${data.tenantId}`),
  [PolicyChanged.name]: ({ data }) => asked(data, 'policy.change', `policy:${data.tenantId}:${data.version}`),
  [TenantSuspended.name]: ({ data }) => asked(data, 'tenant.suspend', `tenant:${data.tenantId}`),
  [TenantResumed.name]: ({ data }) => asked(data, 'tenant.resume', `tenant:${data.tenantId}`),
  [KeyCreated.name]: ({ data }) => asked(data, 'key.create', `key:${data.widgetKey}`),
  [KeyRotated.name]: ({ data }) => asked(data, 'key.rotate', `key:${data.widgetKey}`),
  [KeyRevoked.name]: ({ data }) => asked(data, 'key.revoke', `key:${data.widgetKey}`),
  [KillSwitchEngaged.name]: ({ data }) => asked(data, 'kill-switch.engage', halted(data)),
  [KillSwitchReleased.name]: ({ data }) => asked(data, 'kill-switch.release', halted(data)),
  [SigningKeyRotated.name]: ({ data }) => asked(data, 'signing-key.rotate', `signing-key:${data.kid}`),
  [MemberInvited.name]: ({ data }) => asked(data, 'member.invite', `member:${data.memberId}`),
  [MemberJoined.name]: ({ data }) => asked(data, 'member.join', `member:${data.memberId}`),
  [MemberRoleChanged.name]: ({ data }) => asked(data, 'member.change-role', `member:${data.memberId}`),
  [MemberRemoved.name]: ({ data }) => asked(data, 'member.remove', `member:${data.memberId}`),
  [LoginStarted.name]: ({ data }) => asked(data, 'login.start', `login:${data.loginId}`),
  [LoginSteppedUp.name]: ({ data }) => asked(data, 'login.step-up', `login:${data.loginId}`),
  [LoginEnded.name]: ({ data }) => ({
    ...asked(data, 'login.end', `login:${data.loginId}`),
    reason: data.reason ?? data.why,
  }),
} satisfies Partial<Projections>;
