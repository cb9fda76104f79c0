import { orUnavailable } from '@vox/platform/fault';
import { ensureIndex, isDuplicateKey, type MongoStore, mongoDocuments } from '@vox/platform/store';
import type { Collection, Filter } from 'mongodb';
import { z } from 'zod';
import type { Utterance } from '../decide/utterance.ts';
import { mongoCalls } from './mongo-calls.ts';
import type { TranscriptStores } from './transcript-stores.ts';
import { type Transcripts, transcriptDocuments, type WantedTranscripts } from './transcripts.ts';
import type { OfSession, Utterances } from './utterances.ts';

const Row = z.object({
  _id: z.string(),
  tenantId: z.string(),
  sessionId: z.string(),
  messageId: z.string(),
  role: z.enum(['user', 'assistant', 'tool']),
  atMs: z.number(),
  sequence: z.number().int(),
  bytes: z.number().int(),
  sealed: z.string(),
});
type Row = z.infer<typeof Row>;

const idOf = ({ tenantId, sessionId, messageId }: Pick<Utterance, 'tenantId' | 'sessionId' | 'messageId'>): string =>
  `${tenantId}/${sessionId}/${messageId}`;
const rowOf = (utterance: Utterance): Row => ({ _id: idOf(utterance), ...utterance });
function utteranceOf(row: unknown): Utterance {
  const { _id, ...utterance } = Row.parse(row);
  return utterance;
}

/** Headers of one tenant by when their calls began; each way of looking for them has its index. */
async function mongoHeaders({ db }: MongoStore): Promise<Transcripts> {
  const documents = await mongoDocuments(db, transcriptDocuments);
  const rows: Collection<{ _id: string; state: unknown }> = db.collection(transcriptDocuments.collection);
  const newest = { 'state.startedAtMs': -1, 'state.sessionId': -1 } as const;
  await ensureIndex(rows, { 'state.tenantId': 1, ...newest });
  await ensureIndex(rows, { 'state.tenantId': 1, 'state.subjectId': 1, ...newest });
  await ensureIndex(rows, { 'state.tenantId': 1, 'state.agentId': 1, ...newest });
  return {
    ...documents,
    async search(wanted) {
      const found = await orUnavailable(() => rows.find(filterOf(wanted)).sort(newest).limit(wanted.limit).toArray());
      return found.map(({ state }) => transcriptDocuments.schema.parse(state));
    },
  };
}

function filterOf({
  tenantId,
  subjectIds,
  agentId,
  fromMs,
  toMs,
  before,
}: WantedTranscripts): Filter<{ _id: string; state: unknown }> {
  const began = { ...(fromMs !== undefined && { $gte: fromMs }), ...(toMs !== undefined && { $lt: toMs }) };
  return {
    'state.tenantId': tenantId,
    'state.messages': { $gt: 0 },
    ...(subjectIds !== undefined && { 'state.subjectId': { $in: [...subjectIds] } }),
    ...(agentId !== undefined && { 'state.agentId': agentId }),
    ...(Object.keys(began).length > 0 && { 'state.startedAtMs': began }),
    ...(before !== undefined && {
      $or: [
        { 'state.startedAtMs': { $lt: before.startedAtMs } },
        { 'state.startedAtMs': before.startedAtMs, 'state.sessionId': { $lt: before.sessionId } },
      ],
    }),
  };
}

async function mongoUtterances({ db }: MongoStore): Promise<Utterances> {
  const rows: Collection<Row> = db.collection('utterances');
  const conversation = { atMs: 1, sequence: 1, messageId: 1 } as const;
  await ensureIndex(rows, { tenantId: 1, sessionId: 1, ...conversation });
  return {
    add: (utterance) => orUnavailable(() => rows.insertOne(rowOf(utterance)).then(() => true, isDuplicateKey)),
    has: async (message) => (await orUnavailable(() => rows.countDocuments({ _id: idOf(message) }, { limit: 1 }))) > 0,
    replace: async (utterance) =>
      void (await orUnavailable(() => rows.replaceOne({ _id: idOf(utterance) }, rowOf(utterance)))),
    async page({ tenantId, sessionId }, limit, after) {
      const behind: Filter<Row> =
        after === undefined
          ? {}
          : {
              $or: [
                { atMs: { $gt: after.atMs } },
                { atMs: after.atMs, sequence: { $gt: after.sequence } },
                { atMs: after.atMs, sequence: after.sequence, messageId: { $gt: after.messageId } },
              ],
            };
      const found = await orUnavailable(() =>
        rows
          .find({ tenantId, sessionId, ...behind })
          .sort(conversation)
          .limit(limit)
          .toArray(),
      );
      return found.map(utteranceOf);
    },
    async count({ tenantId, sessionId }) {
      let [messages, bytes] = [0, 0];
      const found = rows.find({ tenantId, sessionId }, { projection: { bytes: 1 } });
      await orUnavailable(async () => {
        for await (const row of found) {
          messages += 1;
          bytes += row.bytes;
        }
      });
      return { messages, bytes };
    },
    remove: ({ tenantId, sessionId }: OfSession, limit) =>
      orUnavailable(async () => {
        const going = await rows
          .find({ tenantId, sessionId }, { projection: { _id: 1 } })
          .limit(limit)
          .toArray();
        if (going.length === 0) return 0;
        return (await rows.deleteMany({ _id: { $in: going.map(({ _id }) => _id) } })).deletedCount;
      }),
  };
}

/** Calls and what was said in them, over MongoDB’s wire protocol. */
export const mongoTranscripts = async (store: MongoStore): Promise<TranscriptStores> => ({
  calls: await mongoCalls(store),
  transcripts: await mongoHeaders(store),
  utterances: await mongoUtterances(store),
});
