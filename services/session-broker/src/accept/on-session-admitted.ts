import type { Delivery, Verdict } from '@vox/shared/bus';
import {
  type Denial,
  type Fact,
  type SessionAdmitted,
  SessionDenied,
  SessionGranted,
  SessionVerdict,
} from '@vox/shared/contracts';
import { seal, unseal } from '@vox/shared/crypto';
import { Fault } from '@vox/shared/fault';
import { countDecision } from '@vox/shared/telemetry';
import { inadmissible } from '../decide/admissible.ts';
import { type Claimed, claim, giveUp, noSlots, release } from '../decide/claim.ts';
import type { DeniedSession, LiveSession, Session } from '../decide/session.ts';
import { deniedFact, grantedFact } from '../publish/facts.ts';
import { type ClientSecret, ProviderFailure } from '../publish/provider.ts';
import type { Needs } from './needs.ts';

type Admitted = Fact<typeof SessionAdmitted>;

/** A slot outlives the longest end of its call by so much, should nobody tell of the end. */
const leaseGraceMs = 60_000;
/** The end of a call can still be told with its token so long after. */
const tokenGraceSeconds = 600;
/** Left of the deadline for storing and answering once the provider has answered. */
const reserveMs = 500;

/**
 * Claims, asks the provider, decides once, publishes, answers. A denial gives the claim back here; when a store fails, the request comes
 * again and finds its claim, and a claim that nobody comes back to ends with its lease.
 */
export const onSessionAdmitted =
  (needs: Needs) =>
  async (admitted: Admitted, { replyTo, deliveries }: Delivery): Promise<Verdict> => {
    const { sessionId } = admitted.data;
    // On a first delivery there is hardly a decision yet; should there be one, deciding finds it.
    const decided = deliveries > 1 ? await needs.sessions.read(sessionId) : undefined;
    const session = decided ?? (await decide(needs, admitted));
    if (session.kind === 'denied') {
      await needs.bus.publish(SessionDenied, deniedFact(sessionId, session));
      if (replyTo !== undefined)
        await needs.bus.reply(replyTo, SessionVerdict, { kind: 'denied', sessionId, denial: session.denial });
    } else {
      await needs.bus.publish(SessionGranted, grantedFact(sessionId, session));
      if (replyTo !== undefined && session.kind === 'live') await answer(needs, replyTo, sessionId, session);
    }
    return 'done';
  };

async function decide(needs: Needs, admitted: Admitted): Promise<Session> {
  const { tenantId, sessionId } = admitted.data;
  const wanted = await propose(needs, admitted);
  const stands = await needs.sessions.change<Session>(sessionId, (known) =>
    known ? { result: known } : { result: wanted, state: wanted },
  );
  if (stands === wanted)
    countDecision(
      'session-broker',
      stands.kind === 'live' ? 'granted' : 'denied',
      stands.kind === 'denied' ? stands.denial.reason : undefined,
    );
  if (stands.kind !== 'live') {
    // Denied, by us or by another copy meanwhile, or over already: nothing may stay claimed.
    const back = stands.kind === 'denied' ? giveUp : release;
    await needs.slots.change(tenantId, (slots) =>
      slots?.open[sessionId] ? { result: undefined, state: back(slots, sessionId) } : { result: undefined },
    );
  }
  return stands;
}

async function propose(needs: Needs, admitted: Admitted): Promise<DeniedSession | LiveSession> {
  const { tenantId, sessionId, identity, deadlineAt, agentId, model, voice, maxSeconds } = admitted.data;
  const nowMs = needs.clock.now().getTime();
  const whose = { tenantId, identity, traceparent: admitted.traceparent };
  const denied = (denial: Denial): DeniedSession => ({ kind: 'denied', ...whose, denial, decidedAtMs: nowMs });
  const leftMs = Date.parse(deadlineAt) - nowMs;
  if (leftMs <= 0) return denied({ reason: 'expired' });
  const policy = needs.policies.get(tenantId);
  const no = inadmissible(policy, identity, nowMs);
  const agent = policy?.agents.find((each) => each.agentId === agentId);
  if (no !== undefined || policy === undefined || agent === undefined) return denied(no ?? { reason: 'unknown-agent' });
  const limits = policy.limits[identity.kind];
  const endsAtMs = nowMs + maxSeconds * 1_000;
  const claimed = await needs.slots.change<Claimed>(tenantId, (slots = noSlots) => {
    const result = claim(slots, {
      sessionId,
      identity,
      limits,
      policyVersion: policy.version,
      nowMs,
      untilMs: endsAtMs + leaseGraceMs,
    });
    return 'slots' in result ? { result, state: result.slots } : { result };
  });
  // Calls were ended under a policy that this copy has not heard of yet: the request comes again in a moment.
  if ('outdated' in claimed) throw new Fault('UNAVAILABLE', {}, { cause: new Error('a newer policy is on its way') });
  if ('denial' in claimed) return denied(claimed.denial);
  const secret = await askProvider(needs, {
    agent,
    model,
    voice,
    timeoutMs: Math.max(1, leftMs - reserveMs),
  });
  if (secret === undefined) return denied({ reason: 'provider' });
  return {
    kind: 'live',
    ...whose,
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
}

async function askProvider(
  needs: Needs,
  wanted: Parameters<Needs['provider']['clientSecret']>[0],
): Promise<ClientSecret | undefined> {
  try {
    return await needs.provider.clientSecret(wanted);
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    needs.log.warn({ error }, 'the provider gave no client secret');
    return undefined;
  }
}

async function answer(needs: Needs, replyTo: string, sessionId: string, session: LiveSession): Promise<void> {
  const now = needs.clock.now();
  const value = unseal(needs.sealKey, sessionId, session.sealedSecret);
  if (value === undefined) throw new Fault('INTERNAL', {}, { cause: new Error('a stored secret does not open') });
  const lifeSeconds = Math.max(1, Math.ceil((session.endsAtMs - now.getTime()) / 1_000)) + tokenGraceSeconds;
  const { tenantId, identity, maxSeconds, idleSeconds, endsAtMs } = session;
  const sessionToken = await needs.sign(
    { tenantId, identity },
    { id: sessionId, subject: sessionId, now, lifeSeconds },
  );
  await needs.bus.reply(replyTo, SessionVerdict, {
    kind: 'granted',
    sessionId,
    clientSecret: { value, expiresAt: new Date(session.secretExpiresAtMs).toISOString() },
    sessionToken,
    maxSeconds,
    idleSeconds,
    endsAt: new Date(endsAtMs).toISOString(),
  });
}
