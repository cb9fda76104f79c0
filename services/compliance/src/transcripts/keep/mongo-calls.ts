import { orUnavailable } from '@vox/platform/fault';
import { ensureIndex, type MongoStore, mongoDocuments } from '@vox/platform/store';
import type { Collection, Filter } from 'mongodb';
import { type Calls, callDocuments, isOver, type WantedCalls } from './calls.ts';

type Row = { _id: string; state: unknown };

/** Calls over MongoDB’s wire protocol; each way of looking for those that are over has its index. */
export async function mongoCalls({ db }: MongoStore): Promise<Calls> {
  const documents = await mongoDocuments(db, callDocuments);
  const rows: Collection<Row> = db.collection(callDocuments.collection);
  const newest = { 'state.endedAtMs': -1, 'state.sessionId': -1 } as const;
  // Read backwards: a server of the protocol may leave the bound of a range out of an index that descends.
  const inOrder = { 'state.endedAtMs': 1, 'state.sessionId': 1 } as const;
  await ensureIndex(rows, { 'state.tenantId': 1, ...inOrder });
  await ensureIndex(rows, { 'state.tenantId': 1, 'state.agentId': 1, ...inOrder });
  await ensureIndex(rows, { 'state.tenantId': 1, 'state.widgetKey': 1, ...inOrder });
  await ensureIndex(rows, { 'state.tenantId': 1, 'state.endReason': 1, ...inOrder });
  return {
    ...documents,
    async ended(wanted) {
      const found = await orUnavailable(() => rows.find(filterOf(wanted)).sort(newest).limit(wanted.limit).toArray());
      return found.map(({ state }) => callDocuments.schema.parse(state)).filter(isOver);
    },
  };
}

/** A call that goes on has no number for its end, and so no range of numbers holds it. */
function filterOf({ tenantId, agentId, widgetKey, endReason, fromMs = 0, toMs, before }: WantedCalls): Filter<Row> {
  return {
    'state.tenantId': tenantId,
    ...(agentId !== undefined && { 'state.agentId': agentId }),
    ...(widgetKey !== undefined && { 'state.widgetKey': widgetKey }),
    ...(endReason !== undefined && { 'state.endReason': endReason }),
    'state.endedAtMs': { $gte: fromMs, ...(toMs !== undefined && { $lt: toMs }) },
    ...(before !== undefined && {
      $or: [
        { 'state.endedAtMs': { $lt: before.endedAtMs } },
        { 'state.endedAtMs': before.endedAtMs, 'state.sessionId': { $lt: before.sessionId } },
      ],
    }),
  };
}
