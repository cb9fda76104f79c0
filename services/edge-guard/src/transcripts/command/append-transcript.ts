import { setImmediate as turn } from 'node:timers/promises';
import { TranscriptAppended, TranscriptCompleted } from '@vox/contracts';
import { digest } from '@vox/platform/crypto';
import { Fault, Reason } from '@vox/platform/fault';
import { sendJson } from '@vox/platform/http';
import type { RequestHandler } from 'express';
import { FinalizeBody, type SaidMessage } from '../../calls/accept/bodies.ts';
import { callOf } from '../../calls/command/heartbeat.ts';
import { isWithdrawn } from '../../consent/command/record-consent.ts';
import type { Needs } from '../../dependencies.ts';
import { AppendEnvelope } from '../accept/append-envelope.ts';
import { beginning, behind } from '../decide/batch.ts';
import { appendedFact, completedFact } from '../publish/transcripts.ts';
import { remember, takeRemembered } from './redaction-state.ts';

/** Messages that are told in one turn of the loop. */
const inOneTurn = 25;

/**
 * What was said, in batches. Cards are cut before anything leaves this process. Answered once the stream holds all of it: until then the page keeps it
 * and sends it again, and what is held already is a duplicate.
 */
export const postAppend =
  (needs: Needs): RequestHandler =>
  async (request, response) => {
    const { body, sessionId, claims } = await callOf(needs, request, response, AppendEnvelope);
    const whose = { tenantId: claims.tenantId, sessionId };
    const { identity } = claims;
    if (identity.kind === 'widget' && isWithdrawn(needs, whose.tenantId, identity.visitorId, 'transcripts'))
      throw new Fault('CONSENT_REQUIRED', { purposes: ['transcripts'] });
    const { said, refused } = body.messages;
    const kept = await append(needs, whose, said);
    sendJson(response.status(202), { ok: true, ...kept, ...(refused.length > 0 && { refused }) });
  };

/** The page has sent all that it had. */
export const postFinalize =
  (needs: Needs): RequestHandler =>
  async (request, response) => {
    const { sessionId, claims } = await callOf(needs, request, response, FinalizeBody);
    const whose = { tenantId: claims.tenantId, sessionId };
    if (mayKeep(needs, whose.tenantId))
      await needs.bus.publish(TranscriptCompleted, completedFact(whose, needs.clock.now()));
    sendJson(response, { ok: true });
  };

type Whose = Readonly<{ tenantId: string; sessionId: string }>;
type Appended = Readonly<{ appended: number; duplicates: number }>;

function policyOf(needs: Needs, tenantId: string) {
  const policy = needs.policies.get(tenantId);
  if (policy === undefined) throw new Fault('UNAVAILABLE', {}, { cause: new Reason('no policy is known of a tenant') });
  return policy;
}

/** Where nothing is kept, nothing leaves this process. */
const mayKeep = (needs: Needs, tenantId: string): boolean => policyOf(needs, tenantId).retention.transcripts > 0;

/** Each id once, as it came first, with its place in the batch. */
function onceEach(said: readonly SaidMessage[]): (SaidMessage & { sequence: number })[] {
  const seen = new Set<string>();
  return said.map((message, sequence) => ({ ...message, sequence })).filter(({ id }) => !seen.has(id) && seen.add(id));
}

async function append(needs: Needs, whose: Whose, said: readonly SaidMessage[]): Promise<Appended> {
  const { redaction } = policyOf(needs, whose.tenantId);
  if (!mayKeep(needs, whose.tenantId)) return { appended: 0, duplicates: 0 };
  const messages = onceEach(said);
  const text = JSON.stringify(messages);
  const batch = { name: digest(text), messages: said.length, bytes: Buffer.byteLength(text) };
  const known = await takeRemembered(needs, whose.sessionId);
  const from = beginning(known, batch);
  // Unless all of it is held, it comes again, and is then to be read with what was known now.
  let next = known;
  try {
    if (from === undefined) throw new Fault('PAYLOAD_TOO_LARGE');
    const heard = await needs.redact(whose.sessionId, from.carry, messages, redaction);
    const duplicates = await publishAll(needs, whose, heard.messages, from.messages);
    next = behind(from, batch, heard.carry);
    const count = duplicates + said.length - messages.length;
    return { appended: said.length - count, duplicates: count };
  } finally {
    await remember(needs, whose.sessionId, next);
  }
}

/** Resolves once the stream holds all of them, with how many it held before. */
async function publishAll(
  { bus, clock }: Needs,
  whose: Whose,
  messages: ReturnType<typeof onceEach>,
  from: number,
): Promise<number> {
  const at = clock.now();
  const sent: Promise<PromiseSettledResult<{ duplicate: boolean }>[]>[] = [];
  for (const [place, { id, role, text, ts, sequence, meta }] of messages.entries()) {
    const message = { messageId: id, role, text, at: ts, sequence: from + sequence, meta };
    sent.push(Promise.allSettled([bus.publish(TranscriptAppended, appendedFact(whose, message, at))]));
    // A long batch lets others have their turn.
    if (place % inOneTurn === inOneTurn - 1) await turn();
  }
  let duplicates = 0;
  for (const each of (await Promise.all(sent)).flat()) {
    if (each.status === 'rejected') throw each.reason;
    if (each.value.duplicate) duplicates += 1;
  }
  return duplicates;
}
