import type { ReadTranscript } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { z } from 'zod';
import { type ActDependencies, recorded } from '../../audit/mod.ts';
import type { Box, Vault } from '../../vault/mod.ts';
import { headerOf } from '../decide/header.ts';
import type { Utterance } from '../decide/utterance.ts';
import { type Transcripts, transcriptKey } from '../keep/transcripts.ts';
import type { Utterances } from '../keep/utterances.ts';
import { placeCursor } from './page-cursors.ts';
import { openWords } from './sealed-words.ts';

type Asked = z.infer<(typeof ReadTranscript)['request']>;
type Reply = z.input<(typeof ReadTranscript)['reply']>;
export type Read = ActDependencies &
  Readonly<{
    transcripts: Pick<Transcripts, 'read'>;
    utterances: Pick<Utterances, 'page'>;
    vault: Pick<Vault, 'box'>;
  }>;

const pageMessages = 200;
/** A server’s longest message is 1 MiB; so much text leaves room for what JSON adds to it. */
const pageBytes = 256 * 1024;

/** What was said in a call. It is handed out once the audit log holds who read it and why. */
export const readTranscript =
  (dependencies: Read) =>
  ({ sessionId, after, ...acting }: Asked): Promise<Reply> => {
    const { tenantId } = acting;
    const { transcripts, utterances, vault } = dependencies;
    const act = { ...acting, action: 'transcript.read', target: `session:${sessionId}` };
    return recorded(dependencies, act, async () => {
      const transcript = await transcripts.read(transcriptKey(tenantId, sessionId));
      if (transcript === undefined || transcript.messages === 0) throw new Fault('NOT_FOUND');
      const box = await vault.box(transcript);
      if (box === undefined) throw new Fault('NOT_FOUND');
      const part = await utterances.page({ tenantId, sessionId }, pageMessages, placeCursor.read(after));
      const fitting = upTo(part, pageBytes);
      const isLast = fitting.length === part.length && part.length < pageMessages;
      return {
        transcript: headerOf(transcript),
        messages: fitting.map((each) => messageOf(box, each)),
        next: isLast ? null : placeCursor.write(fitting.at(-1)),
      };
    });
  };

/** The first of them that fit, one at least. */
function upTo(utterances: readonly Utterance[], bytesMax: number): readonly Utterance[] {
  let sum = 0;
  const end = utterances.findIndex(({ bytes }, at) => {
    sum += bytes;
    return at > 0 && sum > bytesMax;
  });
  return end < 0 ? utterances : utterances.slice(0, end);
}

function messageOf(box: Box, utterance: Utterance) {
  const words = openWords(box, utterance);
  if (words === undefined) throw new Fault('INTERNAL', {}, { cause: new Error('a stored message does not open') });
  return {
    id: utterance.messageId,
    role: utterance.role,
    at: new Date(utterance.atMs).toISOString(),
    ...words,
  };
}
