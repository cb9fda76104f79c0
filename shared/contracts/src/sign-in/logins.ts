import { z } from 'zod';
import { Role } from '../identity/access.ts';
import { WrittenAddress } from '../identity/members.ts';
import { question } from '../kinds/question.ts';
import { MemberId, TenantIdOrPlatform } from '../values/ids.ts';
import { plainLine } from '../values/plain-text.ts';
import { PendingLogin } from './pending-login.ts';

export const LoginId = z.uuid();

/** A login token. It travels in questions that edge-guard asks, and never in facts. */
const token = z.string().min(1).max(4_096);
export const loginToken = token;
const challengeToken = z.string().min(1).max(1_024);
const at = z.iso.datetime();

/** Browser and system, as far as a reader needs them to know a device again. */
export const DeviceLabel = plainLine(64);
/** The class of a client's address, and of a public one a mark that its neighbours share. It says nothing of where. */
export const Place = z
  .string()
  .regex(/^(this machine|private network|network n_[A-Za-z0-9_-]{8})$/, 'must be the class of an address');

/** Where somebody signs in from. */
export const loginFrom = {
  device: DeviceLabel,
  place: Place,
  deviceToken: z.string().max(64).optional().describe('the browser’s own, if it signed in here before'),
};

/** A login, as its member may know it. */
export const LoginSession = z.object({
  loginId: LoginId,
  tenantId: TenantIdOrPlatform,
  memberId: MemberId,
  email: z.string(),
  role: Role,
  expiresAt: at,
  freshUntil: at.nullable().describe('until when a code counts as fresh for sensitive operations'),
});
export type LoginSession = z.infer<typeof LoginSession>;
export const IssuedLogin = z.object({ token, session: LoginSession });
export const StartedLogin = IssuedLogin.extend({
  deviceToken: z.string().nullable().describe('for the browser to keep; null where its own is good'),
});

export const SendCode = question(
  'auth',
  'code-send',
  'Sends a code to an address that may sign in, or to the member of a login. The answer is the same for any address.',
  z.discriminatedUnion('purpose', [
    z.strictObject({
      purpose: z.literal('login'),
      email: WrittenAddress,
      tenantId: TenantIdOrPlatform.optional(),
      challengeToken: challengeToken.optional().describe('that the browser has of an earlier code'),
    }),
    z.strictObject({
      purpose: z.literal('step-up'),
      login: token,
      challengeToken: challengeToken.optional(),
    }),
  ]),
  z.object({ challengeToken, expiresInSeconds: z.number().int().positive() }),
);

export const SignIn = question(
  'auth',
  'sign-in',
  'Begins a login for whoever has the code, or says that a second factor is wanted. A wrong, used or expired code and an unknown address look the same.',
  z.strictObject({
    email: WrittenAddress,
    code: z.string().max(64),
    challengeToken,
    tenantId: TenantIdOrPlatform.optional().describe('of several tenants, which; else the first by its id'),
    invitation: z.string().max(64).optional().describe('of the link in an invitation’s mail'),
    replaces: token.optional().describe('a login of this browser, which ends'),
    ...loginFrom,
  }),
  z.union([PendingLogin, StartedLogin]),
);

export const RenewLogin = question(
  'auth',
  'login-renew',
  'A later token of the same login, up to the longest life of a login.',
  z.strictObject({ login: token }),
  IssuedLogin,
);

export const ShowLogin = question(
  'auth',
  'login-show',
  'Whose login this is, which is thereby seen.',
  z.strictObject({ login: token }),
  LoginSession,
);

export const EndLogin = question(
  'auth',
  'login-end',
  'Ends a login everywhere, for its member signs out.',
  z.strictObject({ login: token }),
  z.object({ ended: z.boolean() }),
);

export const StepUp = question(
  'auth',
  'login-step-up',
  'A token of the same login that is fresh for five minutes, for whoever has a code that was asked for now.',
  z.strictObject({ login: token, code: z.string().max(64), challengeToken }),
  IssuedLogin,
);
