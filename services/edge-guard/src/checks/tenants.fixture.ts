import type { Policy, PolicyKey } from '@vox/contracts';
import type { Verified, WidgetClaims } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { someOrigin, somePolicy, someWidgetKey } from '@vox/testing';
import { clock } from './asked.fixture.ts';

/** What stands under some names, and whether all of it has arrived. */
export const held = <T>(values: Readonly<Record<string, T>>, isCurrent = true) => ({
  get: (name: string): T | undefined => values[name],
  current: () => isCurrent,
});

export const policy: Policy = somePolicy();
export const [key] = policy.keys as [PolicyKey];
export const visitorId = 'v_0123456789abcdefghijkl';

/** One tenant’s policy, and what was revoked. */
export const tenants = ({ isCurrent = true, revoked = {} as Readonly<Record<string, unknown>> } = {}) => ({
  policies: held({ [policy.tenantId]: policy }, isCurrent),
  revoked: held(revoked, isCurrent),
  clock,
  random: (size: number) => new Uint8Array(size),
});

/** What a token says that proved sound. */
export const proved = <Claims>(claims: Claims, subject: string): Verified<Claims> => ({
  id: 't1',
  subject,
  issuedAt: clock.now(),
  expiresAt: clock.now(),
  claims,
});

export const widgetClaims: WidgetClaims = {
  tenantId: policy.tenantId,
  widgetKey: someWidgetKey,
  origin: someOrigin,
  agentId: 'guide',
};
export const shown = proved(widgetClaims, visitorId);

/** Takes the one token `good`. */
export const verifying =
  <Claims>(verified: Verified<Claims>) =>
  async (token: string): Promise<Verified<Claims>> => {
    if (token !== 'good') throw new Fault('SESSION_TOKEN_INVALID' as never);
    return verified;
  };

/** A visitor who shows a token, a page that shows a widget key, and a console user. */
export const callers = {
  token: {
    kind: 'token',
    identity: { kind: 'widget', widgetKey: someWidgetKey, visitorId },
    key,
    claims: widgetClaims,
  },
  key: { kind: 'key', identity: { kind: 'widget', widgetKey: someWidgetKey, visitorId }, key, origin: someOrigin },
  login: { kind: 'login', identity: { kind: 'console', userId: 'u1' } },
} as const;
