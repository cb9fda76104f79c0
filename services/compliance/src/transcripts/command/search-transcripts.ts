import type { SearchTranscripts } from '@vox/contracts';
import type { z } from 'zod';
import { type Countries, findAny, namedIn, type Vault } from '../../vault/mod.ts';
import { headerOf } from '../decide/header.ts';
import type { Transcript } from '../decide/transcript.ts';
import { type Transcripts, transcriptKey, type WantedTranscripts } from '../keep/transcripts.ts';
import { headerCursor } from './page-cursors.ts';

type Asked = z.infer<(typeof SearchTranscripts)['request']>;
type Reply = z.input<(typeof SearchTranscripts)['reply']>;
export type Search = Countries &
  Readonly<{ transcripts: Pick<Transcripts, 'read' | 'search'>; vault: Pick<Vault, 'find'> }>;

/** Which calls there were to read of, without a word of them. */
export const searchTranscripts =
  (dependencies: Search) =>
  async (asked: Asked): Promise<Reply> => {
    const { transcripts } = dependencies;
    const { tenantId, sessionId, identifiers, agentId, from, to, after, limit } = asked;
    const whom = identifiers && (await findAny(dependencies, tenantId, namedIn(dependencies, tenantId, identifiers)));
    const matches = whom && { matches: [...whom.matches] };
    const wanted = {
      ...{ tenantId, agentId, limit },
      subjectIds: whom?.subjects.map(({ subjectId }) => subjectId),
      fromMs: from === undefined ? undefined : Date.parse(from),
      toMs: to === undefined ? undefined : Date.parse(to),
    };
    if (sessionId !== undefined) {
      const known = await transcripts.read(transcriptKey(tenantId, sessionId));
      const isOne = known !== undefined && known.messages > 0 && isWanted(known, wanted);
      return { transcripts: isOne ? [headerOf(known)] : [], next: null, ...matches };
    }
    const found = await transcripts.search({ ...wanted, before: headerCursor.read(after) });
    const last = found.length < limit ? undefined : found.at(-1);
    return { transcripts: found.map(headerOf), next: headerCursor.write(last), ...matches };
  };

/** Whether a transcript that was asked for by its session is what else was asked for, too. */
const isWanted = (
  transcript: Transcript,
  { agentId, subjectIds, fromMs, toMs }: Omit<WantedTranscripts, 'before'>,
): boolean =>
  (agentId === undefined || transcript.agentId === agentId) &&
  (subjectIds === undefined || subjectIds.includes(transcript.subjectId)) &&
  (fromMs === undefined || transcript.startedAtMs >= fromMs) &&
  (toMs === undefined || transcript.startedAtMs < toMs);
