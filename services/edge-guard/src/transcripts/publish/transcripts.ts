import { setImmediate as turn } from 'node:timers/promises';
import { type Fact, makeFact, TranscriptAppended, TranscriptCompleted } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { digest } from '@vox/platform/crypto';
import type { Clock } from '@vox/platform/time';
import type { CallOfTenant } from '../../call-access/mod.ts';
import type { SentMessage } from '../decide/message.ts';

const source = 'edge-guard';
type Message = Omit<Fact<typeof TranscriptAppended>['data'], 'tenantId' | 'sessionId'>;

/** Messages that are published in one turn of the loop. */
const inOneTurn = 25;

const appendedFact = (call: CallOfTenant, message: Message, at: Date): Fact<typeof TranscriptAppended> =>
  makeFact(
    TranscriptAppended,
    { id: `transcript:${call.sessionId}:${digest(message.messageId)}`, source, at },
    { ...call, ...message },
  );

export const completedFact = (call: CallOfTenant, at: Date): Fact<typeof TranscriptCompleted> =>
  makeFact(TranscriptCompleted, { id: `transcript-completed:${call.sessionId}`, source, at }, call);

/**
 * Publishes messages that follow `before` others of their call. Resolves once the stream holds all of them, with how
 * many it held already.
 */
export async function publishMessages(
  { bus, clock }: Readonly<{ bus: Pick<Bus, 'publish'>; clock: Pick<Clock, 'now'> }>,
  call: CallOfTenant,
  messages: readonly (SentMessage & { sequence: number })[],
  before: number,
): Promise<number> {
  const at = clock.now();
  const sent: Promise<PromiseSettledResult<{ duplicate: boolean }>[]>[] = [];
  for (const [place, { id, role, text, ts, sequence, meta }] of messages.entries()) {
    const message = { messageId: id, role, text, at: ts, sequence: before + sequence, meta } as Message;
    sent.push(Promise.allSettled([bus.publish(TranscriptAppended, appendedFact(call, message, at))]));
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
