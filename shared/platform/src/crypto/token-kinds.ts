import {
  Action,
  AgentId,
  CallMode,
  Identity,
  MemberId,
  Origin,
  Role,
  Scope,
  TenantId,
  TenantIdOrPlatform,
  WidgetKey,
} from '@vox/contracts';
import { z } from 'zod';
import type { TokenKind } from './token.ts';

const kind = <C extends z.ZodType>(use: string, claims: C): TokenKind<C> => ({
  use,
  typ: `vox-${use}+jwt`,
  audience: `vox:${use}`,
  claims,
});

/** A page of an allowed origin asked for one visitor (`sub`). Valid for five minutes. */
export const WidgetToken = kind(
  'widget',
  z.object({ tenantId: TenantId, widgetKey: WidgetKey, origin: Origin, agentId: AgentId.optional() }),
);
export type WidgetClaims = z.infer<typeof WidgetToken.claims>;

/**
 * One session (`sub`). Valid for as long as the call may last and a little longer, so that its end can still be
 * reported.
 */
export const SessionToken = kind(
  'session',
  z.object({ tenantId: TenantId, identity: Identity, mode: CallMode.optional().describe('unset means direct') }),
);
export type SessionClaims = z.infer<typeof SessionToken.claims>;

/**
 * A signed-in member. `jti` names the login, so that it can be revoked. It travels in a cookie, and as the proof of
 * what its member asks for.
 */
export const LoginToken = {
  ...kind(
    'login',
    z.object({
      tenantId: TenantIdOrPlatform,
      memberId: MemberId,
      role: Role,
      freshUntil: z.number().int().optional().describe('epoch seconds: until then a code that was asked for is fresh'),
    }),
  ),
  lifeSecondsMax: 86_400,
};
export type LoginClaims = z.infer<typeof LoginToken.claims>;

/**
 * What auth says of a request that an API key came with, for one minute (`sub` is the key). A signed request proves one
 * action and no other.
 */
export const ProofToken = kind(
  'proof',
  z.object({ tenantId: TenantId, scopes: z.array(Scope), signedFor: Action.optional() }),
);
export type ProofClaims = z.infer<typeof ProofToken.claims>;

/**
 * Somebody who has given a right code and has yet to show a second factor. It is no login: it opens nothing but the
 * ceremonies of second factors, for five minutes. `jti` names the login in progress.
 */
export const PendingLoginToken = kind('pending', z.object({ tenantId: TenantIdOrPlatform, memberId: MemberId }));
export type PendingLoginClaims = z.infer<typeof PendingLoginToken.claims>;
