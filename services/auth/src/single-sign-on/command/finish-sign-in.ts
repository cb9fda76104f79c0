import type { SingleSignOnRefusal } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { digest, unseal } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';

import { singleSignOns } from '@vox/platform/telemetry';
import { normalisedAddress } from '../../codes/mod.ts';
import { type Connection, domainOf, living } from '../decide/connection.ts';
import { type Flow, isOfBrowser } from '../decide/flow.ts';
import { isOtherPerson, type Link, refusalOf, type Vouched } from '../decide/person.ts';
import type { ProvedDomains } from '../keep/domains.ts';
import type { Flows } from '../keep/flows.ts';
import { type Links, linkKey } from '../keep/links.ts';
import { publishRefusedSignIn } from '../publish/facts.ts';
import { claimsOfReturn, discoverProvider, ProviderFailed } from '../publish/provider.ts';
import { browserHashOf, callbackOf, clientOf, flowKey, type SignInAccess, verifierContext } from './start-sign-in.ts';

export type FinishSignInDependencies = SignInAccess &
  Readonly<{
    flows: Pick<Flows, 'update'>;
    links: Pick<Links, 'update'>;
    provedDomains: Pick<ProvedDomains, 'read'>;
    bus: Pick<Bus, 'publish'>;
    /**
     * The member of an address, who becomes one with the lowest role if there is none. Undefined: may not be let in.
     */
    admitPerson: (person: Readonly<{ tenantId: string; email: string }>) => Promise<string | undefined>;
  }>;

/** A browser that comes back: what its cookie holds, and what stands behind the question mark. */
export type Return = Readonly<{ browser: string; origin: string; search: string }>;

/** Whom a provider vouched for, and whether the tenant asks him for a second factor of ours. */
export type SignedInPerson = Readonly<{ tenantId: string; memberId: string; secondFactor: Connection['secondFactor'] }>;

/** Ends a login through a provider. Throws AUTH_REQUIRED for a return that is not this browser's, FORBIDDEN else. */
export async function finishSignIn(
  dependencies: FinishSignInDependencies,
  { browser, origin, search }: Return,
): Promise<SignedInPerson> {
  const state = new URLSearchParams(search).get('state') ?? '';
  const key = flowKey(state);
  const flow = await takeFlow(dependencies, key, { browserHash: browserHashOf(browser), origin });
  const outcome = await personOf(dependencies, key, flow, { state, search });
  if ('why' in outcome) {
    singleSignOns.add(1, { outcome: outcome.why });
    const at = dependencies.clock.now();
    const told = { flowId: digest('flow', key), at, tenantId: flow.tenantId };
    await publishRefusedSignIn(dependencies.bus, { ...told, ...outcome });
    throw new Fault('FORBIDDEN', { reason: `single-sign-on-${outcome.why}` });
  }
  singleSignOns.add(1, { outcome: 'accepted' });
  return outcome;
}

/** Of many returns with one state, one goes on. */
async function takeFlow(
  { flows, clock }: Pick<FinishSignInDependencies, 'flows' | 'clock'>,
  key: string,
  shown: Pick<Flow, 'browserHash' | 'origin'>,
): Promise<Flow> {
  const nowMs = clock.now().getTime();
  const flow = await flows.update<Flow | undefined>(key, (known) =>
    known !== undefined && isOfBrowser(known, shown, nowMs) ? { result: known, remove: true } : { result: undefined },
  );
  if (flow === undefined) throw new Fault('AUTH_REQUIRED');
  return flow;
}

type Refused = Readonly<{ why: SingleSignOnRefusal; memberId?: string }>;

async function personOf(
  dependencies: FinishSignInDependencies,
  key: string,
  flow: Flow,
  returned: Readonly<{ state: string; search: string }>,
): Promise<SignedInPerson | Refused> {
  const { connections, admitPerson } = dependencies;
  const connection = living(await connections.read(flow.tenantId));
  // The tenant has changed its provider meanwhile.
  if (connection === undefined || connection.issuer !== flow.issuer) return { why: 'provider' };
  const vouched = await vouchedBy(dependencies, connection, key, flow, returned);
  if ('why' in vouched) return vouched;
  const why = refusalOf(connection, vouched);
  const { tenantId, issuer, secondFactor } = connection;
  const { email = '', subject } = vouched;
  if (why !== undefined) return { why };
  if ((await dependencies.provedDomains.read(domainOf(email)))?.tenantId !== tenantId) return { why: 'domain' };
  const memberId = await admitPerson({ tenantId, email });
  if (memberId === undefined) return { why: 'member' };
  const shown = { issuer, subjectHash: digest('subject', issuer, subject) };
  if (await isLinkedOtherwise(dependencies, linkKey(tenantId, memberId), shown))
    return { why: 'other-person', memberId };
  return { tenantId, memberId, secondFactor };
}

async function vouchedBy(
  dependencies: SignInAccess,
  connection: Connection,
  key: string,
  flow: Flow,
  { state, search }: Readonly<{ state: string; search: string }>,
): Promise<Vouched | Refused> {
  const { sealKey } = dependencies;
  const verifier = unseal(sealKey, verifierContext(key), flow.sealed) ?? '';
  try {
    const config = await discoverProvider(dependencies, clientOf(sealKey, connection));
    const returned = new URL(`${callbackOf(flow.origin)}?${search.replace(/^\?/, '')}`);
    const { subject, email, isVerified } = await claimsOfReturn(config, returned, {
      state,
      nonce: flow.nonce,
      verifier,
    });
    return { subject, isVerified, email: typeof email === 'string' ? normalisedAddress(email) : undefined };
  } catch (error) {
    if (error instanceof ProviderFailed) return { why: error.why };
    throw error;
  }
}

const isLinkedOtherwise = (
  { links }: Pick<FinishSignInDependencies, 'links'>,
  key: string,
  shown: Link,
): Promise<boolean> =>
  links.update<boolean>(key, (known) =>
    isOtherPerson(known, shown) ? { result: true } : { result: false, state: shown },
  );
