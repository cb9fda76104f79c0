import { AskSessionUsage, EndSession, Heartbeat, makeFact, SessionUsage, UsageReported } from '@vox/contracts';
import { digest, type SessionClaims, type Verified } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { parseWith, sendJson } from '@vox/platform/http';
import type { Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import type { Needs } from '../../dependencies.ts';
import { bearer, sessionOf } from '../../identity/accept/bearer.ts';
import { countingStrangers, ipDimension, ipOf, refuseKnown, take } from '../../limits/accept/count.ts';
import { checkCallOrigin } from '../../origin/accept/token-origin.ts';
import { EndBody, HeartbeatBody, UsageBody } from '../accept/bodies.ts';
import { usageOf } from '../decide/usage.ts';
import { waitForAnswer } from '../publish/wait-for-answer.ts';

type Named = z.ZodType<{ sm_session_id?: string | undefined; authToken?: string | undefined }>;
/** A call says one thing a second, and a few at once: more is no widget of ours. */
const callLimit = { perMinute: 60, burst: 60 };

/**
 * The call that a request speaks for, counted against that call’s own limit. A token in the header is looked at, and its call counted, before anything
 * of the body is read. Where the token stands in the body, an address that is known to be over its limit is not read at all.
 */
export async function callOf<S extends Named>(needs: Needs, request: Request, response: Response, shape: S) {
  const read = async (): Promise<z.infer<S>> => parseWith(shape, await needs.readBody(request, response));
  const speaksFor = async (token: string | undefined, named?: string) => {
    const verified = await sessionOf(needs, token, named);
    checkCallOrigin(needs, request, verified.claims);
    return verified;
  };
  const count = async ({ subject, claims }: Verified<SessionClaims>): Promise<void> => {
    response.locals.tenantId = claims.tenantId;
    await take(needs, response, [{ scope: 'user', key: subject, limit: callLimit }]);
  };
  const token = await countingStrangers(needs, request, response, async () => bearer(request));
  if (token === undefined) {
    refuseKnown(needs, response, ipDimension(needs, ipOf(needs, request)));
    const { body, verified } = await countingStrangers(needs, request, response, async () => {
      const said = await read();
      return { body: said, verified: await speaksFor(said.authToken, said.sm_session_id) };
    });
    await count(verified);
    return { body, sessionId: verified.subject, claims: verified.claims };
  }
  const verified = await countingStrangers(needs, request, response, () => speaksFor(token));
  await count(verified);
  const body = await read();
  if (body.sm_session_id !== undefined && body.sm_session_id !== verified.subject) throw new Fault('NOT_FOUND');
  return { body, sessionId: verified.subject, claims: verified.claims };
}

/** Whoever waits over HTTP is refused within a second while nobody answers. */
const soon = { timeoutMs: 900 };

const dollars = (micros: number): number => micros / 1_000_000;

/** The call lives: the broker says what is left of its time, quota of its budget. Without quota the numbers of budget are null. */
export const postHeartbeat =
  (needs: Needs): RequestHandler =>
  async (request, response) => {
    const { body, sessionId, claims } = await callOf(needs, request, response, HeartbeatBody);
    const whose = { tenantId: claims.tenantId, sessionId };
    const [state, usage] = await Promise.all([
      needs.bus.ask(Heartbeat, { ...whose, active: body.active ?? true, callId: body.callId }, soon),
      needs.bus.ask(AskSessionUsage, whose, soon).catch(() => undefined),
    ]);
    if (state.kind === 'unknown') throw new Fault('NOT_FOUND');
    if (state.kind === 'ended') {
      const timed = state.reason === 'max_duration' || state.reason === 'idle';
      throw new Fault(timed ? 'SESSION_DURATION_EXCEEDED' : 'SESSION_ENDED', {
        reason: state.reason,
        maxMinutes: state.maxSeconds / 60,
      });
    }
    const left = usage?.kind === 'known' ? usage.remaining : undefined;
    sendJson(response, {
      ok: true,
      session: {
        active: true,
        startedAt: state.startedAt,
        lastSeenAt: state.lastSeenAt,
        durationSec: state.durationSeconds,
        idleSec: state.idleSeconds,
        endsAt: state.endsAt,
        remaining: {
          seconds: state.remainingSeconds,
          tokens: left?.tokens ?? null,
          dollars: left === undefined ? null : dollars(left.micros),
        },
      },
    });
  };

const usageDeadlineMs = 900;

/** What one response used. The same report again changes nothing and is answered the same. */
export const postUsage =
  (needs: Needs): RequestHandler =>
  async (request, response) => {
    const { body, sessionId, claims } = await callOf(needs, request, response, UsageBody);
    const { tenantId } = claims;
    const usage = usageOf(body);
    const id = `usage:${sessionId}:${digest(body.responseId, JSON.stringify(usage))}`;
    const head = { id, source: 'edge-guard', at: needs.clock.now() };
    const fact = makeFact(UsageReported, head, { tenantId, sessionId, responseId: body.responseId, usage });
    const known =
      (await waitForAnswer(needs, UsageReported, fact, SessionUsage, usageDeadlineMs)) ??
      (await needs.bus.ask(AskSessionUsage, { tenantId, sessionId }, soon));
    if (known.kind === 'unknown') throw new Fault('NOT_FOUND');
    const { used, day } = known;
    sendJson(response, {
      ok: true,
      tokens: used.tokens,
      dollars: dollars(used.micros),
      usage: {
        tokens: day.used.tokens,
        dollars: dollars(day.used.micros),
        dailyTokenLimit: day.tokensLimit,
        dailyDollarLimit: dollars(day.microsLimit),
      },
    });
  };

export const postEnd =
  (needs: Needs): RequestHandler =>
  async (request, response) => {
    const { sessionId, claims } = await callOf(needs, request, response, EndBody);
    const state = await needs.bus.ask(EndSession, { tenantId: claims.tenantId, sessionId, reason: 'client' }, soon);
    if (state.kind === 'unknown') throw new Fault('NOT_FOUND');
    sendJson(response, { ok: true });
  };
