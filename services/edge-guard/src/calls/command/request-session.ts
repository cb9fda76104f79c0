import {
  type CallMode,
  type Identity,
  makeFact,
  type Policy,
  SessionDecision,
  SessionRequested,
  tenantClassOf,
} from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { Fault } from '@vox/platform/fault';
import { countDecision, inLeg } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import type { BotVerdict } from '../../bot/mod.ts';
import type { Once } from '../../idempotency/mod.ts';
import { beginTranscript, type StateDependencies } from '../../transcripts/mod.ts';
import { passedOf } from '../decide/passed.ts';
import { waitForAnswer } from '../publish/wait-for-answer.ts';
import { addressMarkOf } from './address-mark.ts';
import { bulkhead } from './bulkhead.ts';
import { faultOfDenial } from './fault-of-denial.ts';

type RequestSessionDependencies = StateDependencies &
  Readonly<{
    bus: Pick<Bus, 'expect' | 'publish'>;
    clock: Pick<Clock, 'now'>;
    uuid: () => string;
    /** What addresses are hashed under before anybody else hears of them. */
    addressKey: Uint8Array;
    /** Longest wait for a decision. */
    requestDeadlineMs: number;
  }>;

type Asked = Readonly<{
  policy: Policy;
  identity: Identity;
  ip: string;
  mode: CallMode;
  botVerdict: BotVerdict;
  body: Readonly<{
    agentId?: string | undefined;
    model?: string | undefined;
    voice?: string | undefined;
    offer?: string | undefined;
  }>;
}>;

const heartbeatSeconds = 45;
/** Few enough to be decided within the deadline, and more than one tenant's visitors ask for in a moment. */
const waitingMax = 64;

/**
 * Asks for a call: publishes that it was asked for, and waits for what quota and broker decide. What was answered
 * before is answered again.
 */
export function requestSession(dependencies: RequestSessionDependencies) {
  const within = bulkhead(waitingMax);
  return async ({ once, ...asked }: Asked & Readonly<{ once: Once | undefined }>): Promise<unknown> => {
    countDecision('edge-guard', 'admitted', tenantClassOf(asked.policy));
    if (once?.answered !== undefined) return once.answered;
    const answer = await within(asked.policy.tenantId, () => decided(dependencies, asked));
    await once?.remember(answer);
    return answer;
  };
}

async function decided(dependencies: RequestSessionDependencies, asked: Asked) {
  const { policy, identity, ip, mode, body } = asked;
  const { bus, clock, uuid, addressKey, requestDeadlineMs } = dependencies;
  const { tenantId } = policy;
  const sessionId = uuid();
  const now = clock.now();
  const fact = makeFact(
    SessionRequested,
    { id: `requested:${sessionId}`, source: 'edge-guard', at: now },
    {
      tenantId,
      sessionId,
      identity,
      agentId: body.agentId,
      model: body.model,
      voice: body.voice,
      mode,
      addressMark: addressMarkOf(addressKey, tenantId, ip),
      passed: passedOf(asked),
      deadlineAt: new Date(now.getTime() + requestDeadlineMs).toISOString(),
    },
  );
  const waited = {
    kind: SessionRequested,
    fact,
    answer: SessionDecision,
    timeoutMs: requestDeadlineMs,
    holds: heldOffer(body),
  };
  const decision = await inLeg('decision', () => waitForAnswer(bus, waited));
  // A request's id is new each time, so a repeat is none of ours to answer.
  if (decision === undefined) throw new Fault('IDEMPOTENCY_CONFLICT');
  if (decision.kind === 'denied') throw faultOfDenial(decision.denial, { mode, now: clock.now() });
  // In a brokered call the words are heard at the provider.
  const transcripts = decision.kind === 'granted' && policy.retention.transcripts > 0;
  // Nobody waits for it: should it fail, the first words are read as if others had gone before.
  if (transcripts) void beginTranscript(dependencies, sessionId).catch(() => undefined);
  return {
    id: sessionId,
    sm_session_id: sessionId,
    ...beginningOf(decision),
    session_token: decision.sessionToken,
    heartbeatSeconds,
    transcripts,
    limits: { maxSeconds: decision.maxSeconds, idleSeconds: decision.idleSeconds, endsAt: decision.endsAt },
  };
}

/** An offer names the addresses of its visitor: it stays here, and only the broker that was admitted fetches it. */
const heldOffer = ({ offer }: Asked['body']) => (offer === undefined ? undefined : { offer });

/** With what the browser begins: a client secret, or the answer to its offer. */
function beginningOf(decision: Exclude<SessionDecision, { kind: 'denied' }>) {
  if (decision.kind === 'brokered') {
    const { answer, browserChannel, typing } = decision;
    return { answer, browserChannel, typing };
  }
  const { value, expiresAt } = decision.clientSecret;
  return { client_secret: { value, expires_at: Math.floor(Date.parse(expiresAt) / 1_000) } };
}
