import {
  type Denial,
  type Fact,
  type SessionAdmitted,
  SessionDecision,
  SessionDenied,
  SessionGranted,
  tenantClassOf,
} from '@vox/contracts';
import type { Delivery, Outcome } from '@vox/platform/bus';
import { seal } from '@vox/platform/crypto';
import { Fault, Reason } from '@vox/platform/fault';
import { countDecision, slotUse } from '@vox/platform/telemetry';
import type { Needs } from '../../dependencies.ts';
import { type ClientSecret, ProviderFailure } from '../../provider/publish/provider.ts';
import { giveBack } from '../../slots/command/release-slot.ts';
import { type Claimed, claim, mustAsk, mustAskAddress } from '../../slots/decide/claim.ts';
import { openIn } from '../../slots/decide/slots.ts';
import { inadmissible } from '../decide/admission.ts';
import type { DeniedSession, LiveSession, Session } from '../decide/session.ts';
import { referTo, sealIdentity } from '../keep/sealed-person.ts';
import { addressTag, personTag } from '../keep/sessions.ts';
import { deniedFact, grantedFact } from '../publish/facts.ts';
import { decisionOf } from '../publish/session-decision.ts';

type Admitted = Fact<typeof SessionAdmitted>;

/** Left of the deadline for storing and answering once the provider has answered. */
const reserveMs = 500;

/**
 * Claims, asks the provider, decides once, publishes, answers. A denial gives the claim back here; when a store fails, the request comes
 * again and finds its claim, and a claim that nobody comes back to is given back by the sweep.
 */
export const onSessionAdmitted =
  (needs: Needs) =>
  async (admitted: Admitted, { replyTo, deliveries }: Delivery): Promise<Outcome> => {
    const { sessionId } = admitted.data;
    // On a first delivery there is hardly a decision yet; should there be one, deciding finds it.
    const decided = deliveries > 1 ? await needs.sessions.read(sessionId) : undefined;
    const { session: stands, secret } = decided ? { session: decided } : await decide(needs, admitted);
    const session = { ...stands, identity: admitted.data.identity };
    if (session.kind === 'denied') {
      await needs.bus.publish(SessionDenied, deniedFact(sessionId, session));
      if (replyTo !== undefined)
        await needs.bus.reply(replyTo, SessionDecision, { kind: 'denied', sessionId, denial: session.denial });
    } else {
      const isAwaited = replyTo !== undefined && session.kind === 'live';
      const [verdict] = await Promise.all([
        isAwaited ? decisionOf(needs, sessionId, session, secret) : undefined,
        needs.bus.publish(SessionGranted, grantedFact(sessionId, session)),
      ]);
      if (isAwaited && verdict) await needs.bus.reply(replyTo, SessionDecision, verdict);
    }
    return 'ack';
  };

/** What stands of a session, with its secret in the open if it was asked for just now. */
type Decided = Readonly<{ session: Session; secret?: string | undefined }>;

async function decide(needs: Needs, admitted: Admitted): Promise<Decided> {
  const { tenantId, sessionId } = admitted.data;
  const { session: wanted, secret } = await propose(needs, admitted);
  const stands = await needs.sessions.update<Session>(sessionId, (known) =>
    known ? { result: known } : { result: wanted, state: wanted },
  );
  if (stands === wanted)
    countDecision(
      'session-broker',
      stands.kind === 'live' ? 'granted' : 'denied',
      tenantClassOf(needs.policies.get(tenantId)),
      stands.kind === 'denied' ? stands.denial.reason : undefined,
    );
  if (stands === wanted && stands.kind === 'live') needs.slots.confirm(tenantId, sessionId, stands.claim);
  // Denied, by us or by another copy meanwhile, granted on another claim, or over already: nothing more may stay claimed.
  else await giveBack(needs, tenantId, sessionId);
  return { session: stands, secret: stands === wanted ? secret : undefined };
}

type Proposed = Readonly<{ session: DeniedSession | LiveSession; secret?: string }>;

async function propose(needs: Needs, admitted: Admitted): Promise<Proposed> {
  const { tenantId, sessionId, deadlineAt, agentId, model, voice, maxSeconds } = admitted.data;
  const nowMs = needs.clock.now().getTime();
  const identity = referTo(needs, tenantId, admitted.data.identity);
  // Console users are known by name: only visitors are counted by where they call from.
  const address = identity.kind === 'widget' ? admitted.data.addressMark : undefined;
  const whose = { tenantId, identity, traceparent: admitted.traceparent };
  const denied = (denial: Denial): Proposed => ({
    session: { kind: 'denied', ...whose, denial, decidedAtMs: nowMs },
  });
  const leftMs = Date.parse(deadlineAt) - nowMs;
  if (leftMs <= 0) return denied({ reason: 'expired' });
  const policy = needs.policies.get(tenantId);
  const no = inadmissible(policy, identity, nowMs);
  const isKnown = policy?.agents.some((each) => each.agentId === agentId);
  if (no !== undefined || policy === undefined || !isKnown) return denied(no ?? { reason: 'unknown-agent' });
  // Before anything is claimed: while it cannot be read the request comes again.
  const agent = await needs.agentOf(policy, agentId);
  const limits = policy.limits[identity.kind];
  const endsAtMs = nowMs + maxSeconds * 1_000;
  const { claimed, open } = await needs.slots.update<{ claimed: Claimed; open: number }>(tenantId, async (slots) => {
    const living = (tag: string, most: number) => openUnder(needs, tag, sessionId, most);
    const openOfPerson = mustAsk(slots, identity, limits)
      ? await living(personTag(tenantId, identity), limits.openSessionsPerPerson)
      : [];
    const openOfAddress =
      address !== undefined && mustAskAddress(slots, identity, limits)
        ? await living(addressTag(tenantId, address), limits.openSessionsPerAddress ?? 0)
        : [];
    const whoAsks = { sessionId, identity, address, openOfPerson, openOfAddress };
    const result = claim(slots, { ...whoAsks, limits, policyVersion: policy.version, nowMs });
    const counter = 'slots' in result ? result.slots : slots;
    return { result: { claimed: result, open: openIn(counter, identity.kind) }, counter };
  });
  slotUse.record(shareOf(open, limits.openSessions), { tenant_class: tenantClassOf(policy) });
  // Calls were ended under a policy that this copy has not heard of yet: the request comes again in a moment.
  if ('outdated' in claimed) throw new Fault('UNAVAILABLE', {}, { cause: new Reason('a newer policy is on its way') });
  if ('denial' in claimed) return denied(claimed.denial);
  const secret = await askProvider(needs, {
    agent,
    model,
    voice,
    transcribed: policy.retention.transcripts > 0,
    timeoutMs: Math.max(1, leftMs - reserveMs),
  });
  if (secret === undefined) return denied({ reason: 'provider' });
  const session: LiveSession = {
    kind: 'live',
    ...whose,
    claim: claimed.seq,
    sealedIdentity: sealIdentity(needs, sessionId, admitted.data.identity),
    address,
    // Never sooner than its silence would end it: who is quiet before the first answer is a visitor still.
    proveSeconds: needs.proveSeconds && Math.max(needs.proveSeconds, limits.idleSeconds),
    agentId,
    model,
    voice,
    maxSeconds,
    idleSeconds: limits.idleSeconds,
    grantedAtMs: nowMs,
    endsAtMs,
    warned: false,
    sealedSecret: seal(needs.sealKey, sessionId, secret.value),
    secretExpiresAtMs: secret.expiresAtMs,
  };
  return { session, secret: secret.value };
}

/** How much of what is allowed is taken. Where nothing is, all of it is. */
const shareOf = (taken: number, most: number): number => (most === 0 ? 1 : taken / most);

/** Other sessions under a tag that live, as many as could matter. */
async function openUnder({ sessions }: Needs, tag: string, sessionId: string, most: number): Promise<string[]> {
  const found = await sessions.tagged(tag, most + 1);
  return found.flatMap(({ key }) => (key === sessionId ? [] : [key]));
}

async function askProvider(
  needs: Needs,
  wanted: Parameters<Needs['provider']['clientSecret']>[0],
): Promise<ClientSecret | undefined> {
  try {
    return await needs.provider.clientSecret(wanted);
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    needs.log.warn({ dependency: 'provider', error }, 'it gave no client secret');
    return undefined;
  }
}
