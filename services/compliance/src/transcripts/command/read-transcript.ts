import type { LinkSubject, ReadTranscript, SearchTranscripts, TranscriptHeader } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { z } from 'zod';
import { recorded } from '../../audit/mod.ts';
import type { Dependencies } from '../../dependencies.ts';
import { linkAnew } from '../../holds/mod.ts';
import type { Box } from '../../vault/mod.ts';
import { findAny, namedIn } from '../../vault/mod.ts';
import type { Transcript } from '../decide/transcript.ts';
import type { Utterance } from '../decide/utterance.ts';
import { callKey } from '../keep/calls.ts';
import { transcriptKey } from '../keep/transcripts.ts';
import { newestCursor, placeCursor } from './page-cursors.ts';
import { openWords } from './redact-conversation.ts';

type Asked<Q extends { request: z.ZodType }> = z.infer<Q['request']>;
type Reply<Q extends { reply: z.ZodType }> = z.input<Q['reply']>;

const iso = (ms: number): string => new Date(ms).toISOString();
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms));

const headerOf = (transcript: Transcript): TranscriptHeader => ({
  sessionId: transcript.sessionId,
  subjectId: transcript.subjectId,
  agentId: transcript.agentId,
  startedAt: iso(transcript.startedAtMs),
  endedAt: isoOrNull(transcript.endedAtMs),
  finalisedAt: isoOrNull(transcript.finalisedAtMs),
  messages: transcript.messages,
  complete: transcript.complete,
});

/** Which calls there were to read of, without a word of them. */
export const answerSearch =
  (needs: Dependencies) =>
  async (asked: Asked<typeof SearchTranscripts>): Promise<Reply<typeof SearchTranscripts>> => {
    const { tenantId, sessionId, identifiers, agentId, from, to, after, limit } = asked;
    const whom = identifiers && (await findAny(needs, tenantId, namedIn(needs, tenantId, identifiers)));
    const matches = whom && { matches: [...whom.matches] };
    const wanted = {
      ...{ tenantId, agentId, limit },
      subjectIds: whom?.subjects.map(({ subjectId }) => subjectId),
      fromMs: from === undefined ? undefined : Date.parse(from),
      toMs: to === undefined ? undefined : Date.parse(to),
    };
    if (sessionId !== undefined) {
      const known = await needs.transcripts.read(transcriptKey(tenantId, sessionId));
      const isOne = known !== undefined && known.messages > 0 && isWanted(known, wanted);
      return { transcripts: isOne ? [headerOf(known)] : [], next: null, ...matches };
    }
    const found = await needs.transcripts.search({ ...wanted, before: newestCursor.read(after) });
    const last = found.length < limit ? undefined : found.at(-1);
    return { transcripts: found.map(headerOf), next: newestCursor.write(last), ...matches };
  };

type Wanted = Readonly<{
  agentId: string | undefined;
  subjectIds: readonly string[] | undefined;
  fromMs: number | undefined;
  toMs: number | undefined;
}>;

/** Whether a transcript that was asked for by its session is what else was asked for, too. */
const isWanted = (transcript: Transcript, { agentId, subjectIds, fromMs, toMs }: Wanted): boolean =>
  (agentId === undefined || transcript.agentId === agentId) &&
  (subjectIds === undefined || subjectIds.includes(transcript.subjectId)) &&
  (fromMs === undefined || transcript.startedAtMs >= fromMs) &&
  (toMs === undefined || transcript.startedAtMs < toMs);

const pageMessages = 200;
/** A server’s longest message is 1 MiB; so much text leaves room for what JSON adds to it. */
const pageBytes = 256 * 1024;

/** What was said in a call. It is handed out once the audit log holds who read it and why. */
export const answerRead =
  (needs: Dependencies) =>
  ({ sessionId, after, ...acting }: Asked<typeof ReadTranscript>): Promise<Reply<typeof ReadTranscript>> => {
    const { tenantId } = acting;
    const act = { ...acting, action: 'transcript.read', target: `session:${sessionId}` };
    return recorded(needs, act, async () => {
      const transcript = await needs.transcripts.read(transcriptKey(tenantId, sessionId));
      if (transcript === undefined || transcript.messages === 0) throw new Fault('NOT_FOUND');
      const box = await needs.vault.box(transcript);
      if (box === undefined) throw new Fault('NOT_FOUND');
      const said = await needs.utterances.page({ tenantId, sessionId }, pageMessages, placeCursor.read(after));
      const fitting = upTo(said, pageBytes);
      const isLast = fitting.length === said.length && said.length < pageMessages;
      return {
        transcript: headerOf(transcript),
        messages: fitting.map((each) => messageOf(box, each)),
        next: isLast ? null : placeCursor.write(fitting.at(-1)),
      };
    });
  };

/** The first of them that fit, one at least. */
function upTo(said: readonly Utterance[], bytesMax: number): readonly Utterance[] {
  let sum = 0;
  const end = said.findIndex(({ bytes }, at) => {
    sum += bytes;
    return at > 0 && sum > bytesMax;
  });
  return end < 0 ? said : said.slice(0, end);
}

function messageOf(box: Box, utterance: Utterance) {
  const words = openWords(box, utterance);
  if (words === undefined) throw new Fault('INTERNAL', {}, { cause: new Error('a stored message does not open') });
  return { id: utterance.messageId, role: utterance.role, at: iso(utterance.atMs), ...words };
}

/** The person of a call said who it is. */
export const answerLink =
  (needs: Dependencies) =>
  ({ sessionId, identifiers, ...acting }: Asked<typeof LinkSubject>): Promise<Reply<typeof LinkSubject>> => {
    const { tenantId } = acting;
    const act = { ...acting, action: 'subject.link', target: `session:${sessionId}` };
    return recorded(needs, act, async () => {
      const named = namedIn(needs, tenantId, identifiers);
      const call = await needs.calls.read(callKey(tenantId, sessionId));
      if (call === undefined || !(await linkAnew(needs, call, named)))
        throw new Fault('NOT_FOUND', {
          issues: [{ path: 'sessionId', message: 'is no call of this tenant that is kept' }],
        });
      return { subjectId: call.subjectId };
    });
  };
