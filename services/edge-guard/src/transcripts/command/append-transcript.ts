import type { Bus } from '@vox/platform/bus';
import { digest } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { Redactor } from '@vox/platform/redaction-thread';
import type { Clock } from '@vox/platform/time';
import type { CallOfTenant } from '../../call-access/mod.ts';
import type { Policies } from '../../tenant/mod.ts';
import { startOf, stateAfter } from '../decide/batch.ts';
import { onceEach, type SentMessage } from '../decide/message.ts';
import { publishMessages } from '../publish/transcripts.ts';
import { keepsTranscripts, policyOf } from './kept-by-policy.ts';
import { putState, type StateDependencies, takeState } from './redaction-state.ts';

type AppendDependencies = StateDependencies &
  Readonly<{
    bus: Pick<Bus, 'publish'>;
    clock: Pick<Clock, 'now'>;
    policies: Pick<Policies, 'get'>;
    redact: Redactor['redact'];
  }>;

/** The messages of a batch that can be kept, and those that never can. */
type Read = Readonly<{ accepted: readonly SentMessage[]; refused: readonly unknown[] }>;
type Appended = Readonly<{ appended: number; duplicates: number }>;

/**
 * Keeps what was said, in batches. Cards are cut before anything leaves this process. It is answered once the stream
 * holds all of it: until then the page keeps it and sends it again, and what is held already is a duplicate.
 */
export const appendTranscript =
  (dependencies: AppendDependencies) =>
  async ({ tenantId, sessionId, body }: CallOfTenant & Readonly<{ body: Readonly<{ messages: Read }> }>) => {
    const { accepted, refused } = body.messages;
    const kept = await append(dependencies, { tenantId, sessionId }, accepted);
    return { ok: true, ...kept, ...(refused.length > 0 && { refused }) };
  };

async function append(
  dependencies: AppendDependencies,
  call: CallOfTenant,
  sent: readonly SentMessage[],
): Promise<Appended> {
  const { bus, clock, policies, redact } = dependencies;
  const policy = policyOf(policies, call.tenantId);
  if (!keepsTranscripts(policy)) return { appended: 0, duplicates: 0 };
  const messages = onceEach(sent);
  const text = JSON.stringify(messages);
  const batch = { name: digest(text), messages: sent.length, bytes: Buffer.byteLength(text) };
  const state = await takeState(dependencies, call.sessionId);
  const from = startOf(state, batch);
  // Unless all of it is held, it comes again, and is then to be read with what was known now.
  let next = state;
  try {
    if (from === undefined) throw new Fault('PAYLOAD_TOO_LARGE');
    const read = await redact(call.sessionId, from.carry, messages, policy.redaction);
    const held = await publishMessages({ bus, clock }, call, read.messages, from.messages);
    next = stateAfter(from, batch, read.state);
    const duplicates = held + sent.length - messages.length;
    return { appended: sent.length - duplicates, duplicates };
  } finally {
    await putState(dependencies, call.sessionId, next);
  }
}
