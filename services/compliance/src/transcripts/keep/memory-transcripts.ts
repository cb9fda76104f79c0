import { setImmediate as turn } from 'node:timers/promises';
import { Fault } from '@vox/platform/fault';
import { type MemoryDocumentsOptions, memoryDocuments } from '@vox/platform/store';
import type { Transcript } from '../decide/transcript.ts';
import { inOrder, type Utterance } from '../decide/utterance.ts';
import { memoryCalls } from './memory-calls.ts';
import type { TranscriptStores } from './transcript-stores.ts';
import { type HeaderPlace, type Transcripts, transcriptDocuments, type WantedTranscripts } from './transcripts.ts';
import type { OfSession, Utterances } from './utterances.ts';

const everything = Number.MAX_SAFE_INTEGER;

function newestFirst(one: HeaderPlace, other: HeaderPlace): number {
  if (one.startedAtMs !== other.startedAtMs) return other.startedAtMs - one.startedAtMs;
  return one.sessionId === other.sessionId ? 0 : one.sessionId < other.sessionId ? 1 : -1;
}

function isWanted(
  header: Transcript,
  { tenantId, subjectIds, agentId, fromMs, toMs, before }: WantedTranscripts,
): boolean {
  return (
    header.tenantId === tenantId &&
    header.messages > 0 &&
    (subjectIds === undefined || subjectIds.includes(header.subjectId)) &&
    (agentId === undefined || header.agentId === agentId) &&
    (fromMs === undefined || header.startedAtMs >= fromMs) &&
    (toMs === undefined || header.startedAtMs < toMs) &&
    (before === undefined || newestFirst(before, header) < 0)
  );
}

function memoryHeaders(options?: MemoryDocumentsOptions): Transcripts {
  const documents = memoryDocuments(transcriptDocuments, options);
  return {
    ...documents,
    async search(wanted) {
      const all = (await documents.all(everything)).map(({ state }) => state);
      return all
        .filter((header) => isWanted(header, wanted))
        .sort(newestFirst)
        .slice(0, wanted.limit);
    },
  };
}

const keyOf = ({ tenantId, sessionId, messageId }: OfSession & Pick<Utterance, 'messageId'>): string =>
  `${tenantId}/${sessionId}/${messageId}`;

function memoryUtterances({ fault = () => undefined }: MemoryDocumentsOptions = {}): Utterances {
  const kept = new Map<string, Utterance>();
  const of = ({ tenantId, sessionId }: OfSession): Utterance[] =>
    [...kept.values()].filter((each) => each.tenantId === tenantId && each.sessionId === sessionId).sort(inOrder);
  async function step<T>(key: string, write: () => T): Promise<T> {
    const failing = (point: 'write' | 'written'): void => {
      try {
        fault(point, key);
      } catch (cause) {
        throw new Fault('UNAVAILABLE', {}, { cause });
      }
    };
    await turn();
    failing('write');
    const result = write();
    failing('written');
    return result;
  }
  return {
    add: (utterance) =>
      step(keyOf(utterance), () => {
        const isNew = !kept.has(keyOf(utterance));
        if (isNew) kept.set(keyOf(utterance), { ...utterance });
        return isNew;
      }),
    async has(message) {
      await turn();
      return kept.has(keyOf(message));
    },
    replace: (utterance) =>
      step(keyOf(utterance), () => {
        if (kept.has(keyOf(utterance))) kept.set(keyOf(utterance), { ...utterance });
      }),
    async page(session, limit, after) {
      await turn();
      return of(session)
        .filter((each) => after === undefined || inOrder(after, each) < 0)
        .slice(0, limit);
    },
    async count(session) {
      await turn();
      const all = of(session);
      return { messages: all.length, bytes: all.reduce((sum, { bytes }) => sum + bytes, 0) };
    },
    remove: (session, limit) =>
      step(session.sessionId, () => {
        const going = of(session).slice(0, limit);
        for (const each of going) kept.delete(keyOf(each));
        return going.length;
      }),
  };
}

/** Calls and what was said in them, for as long as the process lasts. */
export const memoryTranscripts = (options?: MemoryDocumentsOptions): TranscriptStores => ({
  calls: memoryCalls(options),
  transcripts: memoryHeaders(options),
  utterances: memoryUtterances(options),
});
