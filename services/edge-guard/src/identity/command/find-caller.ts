import { type Identity, type Policy, type PolicyKey, revocationKey } from '@vox/contracts';
import type { LoginClaims, Verified, Verifier, WidgetClaims } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { currentOrUnavailable, type KeyDependencies, keyInForce } from '../../tenant/mod.ts';
import type { Caller } from '../decide/caller.ts';
import { newVisitor, type VisitorDependencies } from './new-visitor.ts';

export type CallerDependencies = KeyDependencies &
  VisitorDependencies &
  Readonly<{ verifyLogin: Verifier<LoginClaims> }>;

/** What a request shows of who asks. */
type Shown = Readonly<{
  shown: Verified<WidgetClaims> | undefined;
  widgetKey: string | undefined;
  origin: string | undefined;
  login: string | undefined;
}>;

export type FoundCaller = Readonly<{
  caller: Caller;
  identity: Identity;
  policy: Policy;
  /** The widget key by which a page asks. */
  key?: PolicyKey;
  tenantId: string;
}>;

/**
 * Who asks, and of which tenant. Throws Fault AUTH_REQUIRED for whoever shows nothing, or a login that is none any
 * more.
 */
export async function findCaller(
  dependencies: CallerDependencies,
  { shown, widgetKey, origin, login }: Shown,
): Promise<FoundCaller> {
  if (shown !== undefined) {
    const { subject, claims } = shown;
    const { policy, key } = keyInForce(dependencies, claims.widgetKey);
    const identity = { kind: 'widget', widgetKey: claims.widgetKey, visitorId: subject } as const;
    return { caller: { kind: 'token', identity, key, claims }, identity, policy, key, tenantId: policy.tenantId };
  }
  if (widgetKey !== undefined) {
    const { policy, key } = keyInForce(dependencies, widgetKey);
    const identity = { kind: 'widget', widgetKey, visitorId: newVisitor(dependencies) } as const;
    return { caller: { kind: 'key', identity, key, origin }, identity, policy, key, tenantId: policy.tenantId };
  }
  return findConsoleUser(dependencies, login);
}

async function findConsoleUser(dependencies: CallerDependencies, login: string | undefined): Promise<FoundCaller> {
  if (login === undefined) throw new Fault('AUTH_REQUIRED');
  const { verifyLogin, clock, policies, revoked } = dependencies;
  const { id, claims } = await verifyLogin(login, clock.now());
  currentOrUnavailable(dependencies);
  const policy = policies.get(claims.tenantId);
  if (policy === undefined || revoked.get(revocationKey('login', id)) !== undefined) throw new Fault('AUTH_REQUIRED');
  const identity = { kind: 'console', userId: claims.memberId } as const;
  return { caller: { kind: 'login', identity }, identity, policy, tenantId: policy.tenantId };
}
