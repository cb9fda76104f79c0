import { type Denial, type Fact, type Identity, revocationKey, type SessionAdmitted } from '@vox/contracts';
import { type SealKey, seal } from '@vox/platform/crypto';
import { Fault, Reason } from '@vox/platform/fault';
import type { Log } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import { askSecret, type Provider, type ReadAgent } from '../../provider/mod.ts';
import { claimSlot, type SlotCounters, type SlotHolders } from '../../slots/mod.ts';
import { admit } from '../decide/admission.ts';
import { granted } from '../decide/grant.ts';
import type { DeniedSession, LiveSession } from '../decide/session.ts';
import type { Policies } from '../keep/policies.ts';
import { referTo, sealIdentity } from '../keep/sealed-person.ts';

export type ProposeSessionDependencies = Readonly<{
  policies: Policies;
  /** What was revoked, logins among it. */
  revoked: Readonly<{ get: (key: string) => unknown }>;
  readAgent: ReadAgent;
  slots: Pick<SlotCounters, 'update'>;
  holders: Pick<SlotHolders, 'liveOfPerson' | 'liveOfAddress'>;
  provider: Pick<Provider, 'clientSecret'>;
  /** What client secrets and persons are sealed under. */
  sealKey: SealKey;
  /** What references to persons are made with. */
  personKey: SealKey;
  /** How long a direct call may go on with heartbeats alone. Without it, as long as any other call. */
  proveSeconds?: number | undefined;
  clock: Clock;
  log: Log;
}>;

/** What would be decided of a request. A grant holds a claim, and its secret is in the open here alone. */
export type ProposedSession = Readonly<{ session: DeniedSession | LiveSession; secret?: string }>;

/** Left of the deadline for storing and answering once the provider has answered. */
const reserveMs = 500;

/** Claims a slot and asks the provider for a secret. Throws Fault UNAVAILABLE when the request must come again. */
export async function proposeSession(
  dependencies: ProposeSessionDependencies,
  { data: admitted, traceparent }: Fact<typeof SessionAdmitted>,
): Promise<ProposedSession> {
  const { policies, readAgent, clock, personKey, sealKey, proveSeconds } = dependencies;
  const { tenantId, sessionId, deadlineAt, agentId, model, voice } = admitted;
  const nowMs = clock.now().getTime();
  const identity = referTo(personKey, tenantId, admitted.identity);
  // Console users are known by name. Only visitors are counted by where they call from.
  const address = identity.kind === 'widget' ? admitted.addressMark : undefined;
  const owner = { tenantId, identity, traceparent };
  const denied = (denial: Denial): ProposedSession => ({
    session: { kind: 'denied', ...owner, denial, decidedAtMs: nowMs },
  });
  const admission = admit(policies.get(tenantId), { identity, agentId, deadlineAt }, nowMs);
  if ('denial' in admission) return denied(admission.denial);
  const { policy } = admission;
  // The agent is read before anything is claimed: while it cannot be read the request comes again.
  const agent = await readAgent(policy, agentId);
  const claimed = await claimSlot(dependencies, { sessionId, identity, address, policy, nowMs });
  // Calls were ended under a policy that this copy does not know yet: the request comes again in a moment.
  if ('outdated' in claimed) throw new Fault('UNAVAILABLE', {}, { cause: new Reason('a newer policy is on its way') });
  if ('denial' in claimed) return denied(claimed.denial);
  // Looked at behind the claim: a login that ends later finds the claim, and ends what comes of it.
  if (isLoginOver(dependencies, identity)) return denied({ reason: 'key-revoked' });
  const secret = await askSecret(dependencies, {
    agent,
    model,
    voice,
    transcribed: policy.retention.transcripts > 0,
    timeoutMs: Math.max(1, Date.parse(deadlineAt) - nowMs - reserveMs),
  });
  if (secret === undefined) return denied({ reason: 'provider' });
  const sealed = {
    sealedIdentity: sealIdentity(sealKey, sessionId, admitted.identity),
    sealedSecret: seal(sealKey, sessionId, secret.value),
    secretExpiresAtMs: secret.expiresAtMs,
  };
  const { idleSeconds } = policy.limits[identity.kind];
  const terms = { owner, address, claim: claimed.seq, wanted: admitted, idleSeconds, proveSeconds, sealed };
  return { session: granted(terms, nowMs), secret: secret.value };
}

const isLoginOver = ({ revoked }: Pick<ProposeSessionDependencies, 'revoked'>, identity: Identity): boolean =>
  identity.kind === 'console' &&
  identity.loginId !== undefined &&
  revoked.get(revocationKey('login', identity.loginId)) !== undefined;
