import {
  CallSignal,
  messageTextMax,
  type Policy,
  TranscriptAppended,
  TranscriptCompleted,
  type Withdrawal,
} from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { withdrawalKey } from '@vox/platform/crypto';
import { Fault, Reason } from '@vox/platform/fault';
import type { Redactor } from '@vox/platform/redaction-thread';
import type { Log } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import { freshRedactionState, unknownRedactionState } from '@vox/redaction';
import { piecesOf } from '@vox/redaction/text';
import type { WatchedCall } from '../decide/call.ts';
import type { Heard, Progress, Utterance } from '../decide/conversation.ts';
import { completedFact, saidFact } from '../publish.ts';
import { untilSaid } from './until-said.ts';

export type WordsDependencies = Readonly<{
  bus: Pick<Bus, 'publish' | 'signal'>;
  policies: Readonly<{ get: (tenantId: string) => Policy | undefined }>;
  /** What visitors took back, and whether all that is known of it has arrived. */
  withdrawn: Readonly<{ get: (key: string) => Withdrawal | undefined; current: () => boolean }>;
  redactor: Pick<Redactor, 'redact' | 'redactAlone'>;
  clock: Clock;
  log: Log;
}>;

/** What is done with the words of one call, in the order in which they were said. */
export type Words = Readonly<{
  take: (heard: Heard) => void;
  /** Resolves when all that was taken is kept; of the last one that hears the call, also said to be all. */
  finish: (isLast: boolean) => Promise<void>;
}>;

/** A caption of an utterance that goes on comes this often at most. */
const captionPauseMs = 250;

/**
 * Keeps what is said in one call where the tenant keeps it, and shows it to its visitor where the tenant shows it.
 * Cards are cut before anything leaves this process.
 */
export function wordsOf(dependencies: WordsDependencies, call: WatchedCall, signal: AbortSignal): Words {
  const { bus, clock, log, policies, redactor, withdrawn } = dependencies;
  let state = call.isWhole ? freshRedactionState : unknownRedactionState;
  let sequence = 0;
  let captionedAtMs = 0;
  let queue: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    queue = queue.then(work).catch((error: unknown) => log.warn({ error }, 'words of a call were not taken'));
    return queue;
  };
  const caption = ({ id, role, text }: Progress, final: boolean): void => {
    if (role === 'tool' || !policies.get(call.tenantId)?.captions) return;
    bus.signal(CallSignal, call, { kind: 'caption', itemId: id, role, text: text.slice(-messageTextMax), final });
  };

  /** Waits while a withdrawal could have been missed: words that are dropped then come from nowhere again. */
  const untilCurrent = (): Promise<void> =>
    untilSaid(
      async () => {
        if (!withdrawn.current())
          throw new Fault('UNAVAILABLE', {}, { cause: new Reason('withdrawals may be missed') });
      },
      log,
      signal,
    );
  async function keep(utterance: Utterance): Promise<void> {
    await untilCurrent();
    const policy = policies.get(call.tenantId);
    if (policy === undefined || !mayHear(dependencies, call)) return;
    const pieces = piecesOf(utterance.text, messageTextMax).map((text, at) => ({
      ...utterance,
      text,
      id: pieceId(utterance.id, at),
    }));
    let said: readonly Utterance[] = [];
    await untilSaid(
      async () => {
        const read = await redactor.redact(call.sessionId, state, pieces, policy.redaction);
        state = read.state;
        said = read.messages;
      },
      log,
      signal,
    );
    caption({ ...utterance, text: said.map(({ text }) => text).join('') }, true);
    if (policy.retention.transcripts === 0) return;
    for (const piece of said) {
      const fact = saidFact(call, piece, sequence, clock.now());
      sequence += 1;
      await untilSaid(() => bus.publish(TranscriptAppended, fact), log, signal);
    }
  }
  async function show(progress: Progress): Promise<void> {
    const policy = policies.get(call.tenantId);
    if (policy === undefined || !policy.captions || !mayHear(dependencies, call)) return;
    const { message } = await redactor.redactAlone(call.sessionId, progress, policy.redaction);
    caption(message, false);
  }
  return {
    take({ utterances, progress }) {
      for (const utterance of utterances) void inTurn(() => keep(utterance));
      const nowMs = clock.now().getTime();
      if (progress === undefined || nowMs - captionedAtMs < captionPauseMs) return;
      captionedAtMs = nowMs;
      void inTurn(() => show(progress));
    },
    finish: (isLast) =>
      inTurn(async () => {
        if (isLast && policies.get(call.tenantId)?.retention.transcripts)
          await untilSaid(() => bus.publish(TranscriptCompleted, completedFact(call, clock.now())), log, signal);
      }),
  };
}

const pieceId = (id: string, at: number): string => (at === 0 ? id : `${id}+${at}`);

/** Whether the words of a call may be kept and shown. While a withdrawal could have been missed they may not. */
export function mayHear(
  { withdrawn }: Pick<WordsDependencies, 'withdrawn'>,
  { tenantId, identity }: Pick<WatchedCall, 'tenantId' | 'identity'>,
): boolean {
  if (identity.kind !== 'widget') return true;
  const taken = withdrawn.get(withdrawalKey(tenantId, identity.visitorId))?.purposes.includes('transcripts') ?? false;
  return withdrawn.current() && !taken;
}
