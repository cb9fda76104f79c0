import {
  type BrowserChannel,
  type Denial,
  type Fact,
  type Identity,
  type Policy,
  providerIdOf,
  revocationKey,
  type SessionAdmitted,
} from '@vox/contracts';
import type { SealKeys } from '@vox/platform/crypto';
import { Fault, Reason } from '@vox/platform/fault';
import type { ReadAgent, SettingsWanted } from '../../provider/mod.ts';
import { claimSlot, type SlotCounters, type SlotHolders } from '../../slots/mod.ts';
import { admit } from '../decide/admission.ts';
import { unfit } from '../decide/fits.ts';
import { granted } from '../decide/grant.ts';
import { type DeniedSession, type LiveSession, providerOf } from '../decide/session.ts';
import type { Policies } from '../keep/policies.ts';
import { referTo, sealIdentity } from '../keep/sealed-person.ts';
import type { Beginning } from '../publish/grant-answer.ts';
import { type BrokerCallDependencies, type BrokeredCall, brokerCall, dropCall } from './broker-call.ts';
import { type FetchOfferDependencies, fetchOffer } from './fetch-offer.ts';
import { type LendSecretDependencies, type LentSecret, lendSecret } from './lend-secret.ts';

export type ProposeSessionDependencies = BrokerCallDependencies &
  LendSecretDependencies &
  FetchOfferDependencies &
  Readonly<{
    policies: Policies;
    /** What was revoked, logins among it. */
    revoked: Readonly<{ get: (key: string) => unknown }>;
    readAgent: ReadAgent;
    slots: Pick<SlotCounters, 'update'>;
    holders: Pick<SlotHolders, 'liveOfPerson' | 'liveOfAddress'>;
    /** What client secrets and persons are sealed under. */
    sealKey: SealKeys;
    /** How long a direct call may go on with heartbeats alone. Without it, as long as any other call. */
    proveSeconds?: number | undefined;
  }>;

/** What would be decided of a request. A grant holds a claim. */
export type ProposedSession = Readonly<{ session: DeniedSession | LiveSession; beginning?: Beginning }>;

type Admitted = Fact<typeof SessionAdmitted>;

/** Left of the deadline for storing and answering once the provider has answered. */
const reserveMs = 500;
/**
 * A provider that is well answers within this. One that is given less would be taken for one that is not, and be left
 * alone for a while by everybody.
 */
const leastMs = 1_000;

/**
 * Claims a slot and has the call begun: by a client secret, or by making it. Throws Fault UNAVAILABLE when the request
 * must come again.
 */
export async function proposeSession(
  dependencies: ProposeSessionDependencies,
  fact: Admitted,
  replyTo: string | undefined,
): Promise<ProposedSession> {
  const { policies, readAgent, clock, personKey, sealKey, proveSeconds } = dependencies;
  const { data: admitted, traceparent } = fact;
  const { tenantId, sessionId, deadlineAt, agentId, mode = 'direct' } = admitted;
  const nowMs = clock.now().getTime();
  const identity = referTo(personKey, tenantId, admitted.identity);
  // Console users are known by name. Only visitors are counted by where they call from.
  const address = identity.kind === 'widget' ? admitted.addressMark : undefined;
  const owner = { tenantId, identity, traceparent };
  const denied = (denial: Denial): ProposedSession => ({
    session: { kind: 'denied', ...owner, denial, decidedAtMs: nowMs },
  });
  const admission = admit(policies.get(tenantId), { identity, agentId, mode, deadlineAt }, nowMs);
  if ('denial' in admission) return denied(admission.denial);
  const { policy } = admission;
  // The agent is read before anything is claimed: while it cannot be read the request comes again.
  const agent = await readAgent(policy, agentId);
  const provider = providerIdOf(agent.provider, admitted.model);
  const refused = unfit(dependencies.providers.of(provider).profile, { ...admitted, mode, agent });
  if (refused !== undefined) return denied(refused);
  const offer = mode === 'brokered' ? await fetchOffer(dependencies, replyTo) : undefined;
  // Nobody waits for the answer any more.
  if (mode === 'brokered' && offer === undefined) return denied({ reason: 'expired' });
  const claimed = await claimSlot(dependencies, { sessionId, identity, address, policy, nowMs });
  // Calls were ended under a policy that this copy does not know yet: the request comes again in a moment.
  if ('outdated' in claimed) throw new Fault('UNAVAILABLE', {}, { cause: new Reason('a newer policy is on its way') });
  if ('denial' in claimed) return denied(claimed.denial);
  // Looked at behind the claim: a login that ends later finds the claim, and ends what comes of it.
  if (isLoginOver(dependencies, identity)) return denied({ reason: 'key-revoked' });
  const settings = settingsOf(policy, agent, admitted);
  const channel = agent.browserChannel ?? 'none';
  const begun = await begin(dependencies, fact, { provider, settings, offer, channel });
  if ('denial' in begun) return denied(begun.denial);
  const { idleSeconds } = policy.limits[identity.kind];
  const sealedIdentity = sealIdentity(sealKey, sessionId, admitted.identity);
  const terms = {
    owner,
    address,
    claim: claimed.seq,
    wanted: admitted,
    agentSetId: policy.agentSetId,
    provider,
    idleSeconds,
    proveSeconds,
    sealedIdentity,
  };
  return { session: granted({ ...terms, begun: begun.begun }, clock.now().getTime()), beginning: begun };
}

const settingsOf = (
  { retention }: Policy,
  agent: SettingsWanted['agent'],
  { model, voice }: Admitted['data'],
): SettingsWanted => ({ agent, model, voice, transcribed: retention.transcripts > 0 });

type Wanted = Readonly<{
  provider: string;
  settings: SettingsWanted;
  offer: string | undefined;
  channel: BrowserChannel;
}>;

async function begin(
  dependencies: ProposeSessionDependencies,
  { data: { tenantId, sessionId, identity, deadlineAt }, traceparent }: Admitted,
  { provider, settings, offer, channel }: Wanted,
): Promise<LentSecret | BrokeredCall> {
  const timeoutMs = Date.parse(deadlineAt) - dependencies.clock.now().getTime() - reserveMs;
  if (timeoutMs < leastMs) return { denial: { reason: 'expired' } };
  if (offer === undefined) return lendSecret(dependencies, sessionId, { provider, settings, timeoutMs });
  const call = { provider, settings, offer, channel, timeoutMs };
  return brokerCall(dependencies, { tenantId, sessionId, identity, traceparent, ...call });
}

/** Undoes at the provider what a proposal did that came second. A client secret that nobody has runs out by itself. */
export async function withdrawProposal(
  dependencies: Pick<BrokerCallDependencies, 'providers' | 'watches' | 'log'>,
  session: Pick<LiveSession, 'mode' | 'provider' | 'callId'>,
): Promise<void> {
  const { mode, callId } = session;
  if (mode === 'brokered' && callId !== undefined)
    await dropCall(dependencies, { provider: providerOf(session), callId });
}

const isLoginOver = ({ revoked }: Pick<ProposeSessionDependencies, 'revoked'>, identity: Identity): boolean =>
  identity.kind === 'console' &&
  identity.loginId !== undefined &&
  revoked.get(revocationKey('login', identity.loginId)) !== undefined;
