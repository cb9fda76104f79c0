import { z } from 'zod';
import { factKind } from '../kinds/fact.ts';
import { acting } from '../values/acting.ts';
import { MemberId, TenantIdOrPlatform } from '../values/ids.ts';
import { LoginId } from './logins.ts';

const fact = <const N extends `vox.identity.login-${string}`, D extends z.ZodObject>(
  name: N,
  summary: string,
  data: D,
) => factKind({ name, version: 1, scope: 'tenant', stream: 'VOX_TRUST', publishers: ['auth'], summary, data });

const login = { tenantId: TenantIdOrPlatform, loginId: LoginId, memberId: MemberId };

export const LoginStarted = fact(
  'vox.identity.login-started',
  'A member signed in.',
  z.object({ ...login, isNewDevice: z.boolean(), ...acting }),
);
export const LoginSteppedUp = fact(
  'vox.identity.login-stepped-up',
  'A member gave a fresh code, for what is sensitive.',
  z.object({ ...login, ...acting }),
);

/** Why a login ended. */
export const LoginEnd = z.enum(['signed-out', 'revoked', 'replaced', 'member-changed', 'privacy', 'expired']);
export type LoginEnd = z.infer<typeof LoginEnd>;

export const LoginEnded = fact(
  'vox.identity.login-ended',
  'A login is over, and calls under it end.',
  z.object({ ...login, why: LoginEnd, ...acting }),
);

/** The facts of logins, by ids alone. */
export const loginFacts = [LoginStarted, LoginSteppedUp, LoginEnded] as const;
