import { type Denial, makeFact, SessionDecision, SessionRequested, tenantClassOf } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { notKept, sendJson } from '@vox/platform/http';
import { countDecision, requestDuration } from '@vox/platform/telemetry';
import type { Request, RequestHandler, Response } from 'express';
import type { Needs } from '../../dependencies.ts';
import { type Found, runChecks } from '../../identity/accept/caller.ts';
import { rememberBeginning } from '../../transcripts/command/redaction-state.ts';
import { waitForAnswer } from '../publish/wait-for-answer.ts';
import { addressMarkOf } from './address-mark.ts';
import { crowd } from './bulkhead.ts';

const heartbeatSeconds = 45;
/** Few enough to be decided within the deadline, and more than one tenant's visitors ask for in a moment. */
const waitingMax = 64;

/** A call is asked for: the checks, then the fact, then whatever quota and broker decide within the deadline. */
export function postSession(needs: Needs): RequestHandler {
  const inCrowd = crowd(waitingMax);
  return timed(async (request, response) => {
    const found = await runChecks(needs, request, response);
    countDecision('edge-guard', 'admitted', tenantClassOf(found.policy));
    if (found.once?.answered !== undefined) {
      sendJson(response, found.once.answered, notKept);
      return;
    }
    try {
      const answer = await inCrowd(found.policy?.tenantId ?? '', () => ask(needs, found));
      await found.once?.remember(answer);
      sendJson(response, answer, notKept);
    } catch (error) {
      await found.once?.forget();
      throw error;
    }
  });
}

/** Shows how long whoever asked has waited, and for what. */
const timed =
  (handle: (request: Request, response: Response) => Promise<void>): RequestHandler =>
  async (request, response) => {
    const startedMs = performance.now();
    const show = (outcome: string): void =>
      requestDuration.record((performance.now() - startedMs) / 1_000, { outcome });
    try {
      await handle(request, response);
      show('granted');
    } catch (error) {
      show(error instanceof Fault ? error.code : 'INTERNAL');
      throw error;
    }
  };

async function ask(needs: Needs, { ip, identity, policy, body }: Found) {
  if (identity === undefined || policy === undefined) throw new Fault('AUTH_REQUIRED');
  const { tenantId } = policy;
  const sessionId = needs.uuid();
  const { requestDeadlineMs } = needs.settings;
  const now = needs.clock.now();
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
      addressMark: addressMarkOf(needs, tenantId, ip),
      deadlineAt: new Date(now.getTime() + requestDeadlineMs).toISOString(),
    },
  );
  const verdict = await waitForAnswer(needs, SessionRequested, fact, SessionDecision, requestDeadlineMs);
  // A request's id is new each time, so a repeat is none of ours to answer.
  if (verdict === undefined) throw new Fault('IDEMPOTENCY_CONFLICT');
  if (verdict.kind === 'denied') throw faultOf(verdict.denial, needs.clock.now());
  const transcripts = policy.retention.transcripts > 0;
  // Nobody waits for it: should it fail, the first words are read as if others had gone before.
  if (transcripts) void rememberBeginning(needs, sessionId).catch(() => undefined);
  return {
    id: sessionId,
    sm_session_id: sessionId,
    client_secret: {
      value: verdict.clientSecret.value,
      expires_at: Math.floor(Date.parse(verdict.clientSecret.expiresAt) / 1_000),
    },
    session_token: verdict.sessionToken,
    heartbeatSeconds,
    transcripts,
    limits: { maxSeconds: verdict.maxSeconds, idleSeconds: verdict.idleSeconds, endsAt: verdict.endsAt },
  };
}

const field = (path: string, message: string): Fault => new Fault('INVALID_REQUEST', { issues: [{ path, message }] });

/** A denial in the words of the contract. */
export function faultOf({ reason, scope, retryAfterSeconds, resetsAt }: Denial, now: Date): Fault {
  const untilReset = resetsAt && Math.max(1, Math.ceil((Date.parse(resetsAt) - now.getTime()) / 1_000));
  const wait = retryAfterSeconds || untilReset;
  const told = {
    ...(scope && { scope }),
    ...(wait && { retryAfterSeconds: wait }),
    ...(resetsAt && { resetsAt }),
  };
  switch (reason) {
    case 'tenant-suspended':
      return new Fault('TENANT_SUSPENDED');
    case 'key-revoked':
      return new Fault('INVALID_WIDGET_KEY');
    case 'unknown-agent':
      return field('agentId', 'is no agent that this key may reach');
    case 'model-not-allowed':
      return field('model', 'is not allowed for this agent');
    case 'model-without-price':
      return field('model', 'has no price and is not offered');
    case 'model-ended':
      return field('model', 'has been shut down by the provider; the agent needs another model');
    case 'voice-not-allowed':
      return field('voice', 'is not allowed for this agent');
    case 'rate-of-starts':
      return new Fault('RATE_LIMIT_EXCEEDED', told);
    case 'too-many-open':
      return new Fault('MAX_CONCURRENT_SESSIONS', told);
    case 'quota':
      return new Fault('DAILY_QUOTA_EXCEEDED', told);
    case 'provider':
      return new Fault('UPSTREAM_UNAVAILABLE');
    case 'expired':
    case 'unavailable':
      return new Fault('UNAVAILABLE');
  }
}
