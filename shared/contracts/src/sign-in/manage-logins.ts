import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { acting } from '../values/acting.ts';
import { MemberId, TenantIdOrPlatform } from '../values/ids.ts';
import { plainLine } from '../values/plain-text.ts';
import { LoginId } from './logins.ts';

const at = z.iso.datetime();

export const LoginView = z.object({
  loginId: LoginId,
  memberId: MemberId,
  name: z.string().nullable().describe('as its member calls it'),
  device: z.string(),
  place: z.string(),
  startedAt: at,
  lastSeenAt: at.describe('to within five minutes'),
  expiresAt: at,
});
export type LoginView = z.infer<typeof LoginView>;
const Listed = z.object({ logins: z.array(LoginView) });
const Ended = z.object({ ended: z.number().int().nonnegative() });

const tenant = { tenantId: TenantIdOrPlatform };
const one = { ...tenant, loginId: LoginId };

export const ListLogins = question(
  'auth',
  'login-list',
  'The logins of a tenant’s members, or of one of them.',
  z.strictObject({ ...tenant, memberId: MemberId.optional() }),
  Listed,
  { action: 'logins.list' },
);

export const RevokeLogins = question(
  'auth',
  'login-revoke',
  'Ends one login, or all logins of a member, everywhere, and the calls under them.',
  z.strictObject({ ...tenant, loginId: LoginId.optional(), memberId: MemberId.optional(), ...acting }),
  Ended,
  { action: 'logins.revoke' },
);

export const ListOwnLogins = question(
  'auth',
  'own-login-list',
  'The logins of the member who asks.',
  z.strictObject({ ...tenant, ...acting }),
  Listed,
  { action: 'own-logins.list' },
);

export const NameOwnLogin = question(
  'auth',
  'own-login-name',
  'Gives a login of the member who asks a name.',
  z.strictObject({ ...one, name: plainLine(64), ...acting }),
  z.object({ name: z.string() }),
  { action: 'own-logins.name' },
);

export const RevokeOwnLogins = question(
  'auth',
  'own-login-revoke',
  'Ends one login of the member who asks, or all of them.',
  z.strictObject({ ...tenant, loginId: LoginId.optional(), ...acting }),
  Ended,
  { action: 'own-logins.revoke' },
);
