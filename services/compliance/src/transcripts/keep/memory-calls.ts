import { type MemoryDocumentsOptions, memoryDocuments } from '@vox/platform/store';
import { type CallOver, type Calls, callDocuments, type EndPlace, isOver, type WantedCalls } from './calls.ts';

const everything = Number.MAX_SAFE_INTEGER;

function newestFirst(one: EndPlace, other: EndPlace): number {
  if (one.endedAtMs !== other.endedAtMs) return other.endedAtMs - one.endedAtMs;
  return one.sessionId === other.sessionId ? 0 : one.sessionId < other.sessionId ? 1 : -1;
}

const isWanted = (
  call: CallOver,
  { tenantId, agentId, widgetKey, endReason, fromMs = 0, toMs = everything, before }: WantedCalls,
): boolean =>
  call.tenantId === tenantId &&
  (agentId === undefined || call.agentId === agentId) &&
  (widgetKey === undefined || call.widgetKey === widgetKey) &&
  (endReason === undefined || call.endReason === endReason) &&
  call.endedAtMs >= fromMs &&
  call.endedAtMs < toMs &&
  (before === undefined || newestFirst(before, call) < 0);

/** Calls for as long as the process lasts. */
export function memoryCalls(options?: MemoryDocumentsOptions): Calls {
  const documents = memoryDocuments(callDocuments, options);
  return {
    ...documents,
    async ended(wanted) {
      const all = (await documents.all(everything)).map(({ state }) => state);
      return all
        .filter(isOver)
        .filter((call) => isWanted(call, wanted))
        .sort(newestFirst)
        .slice(0, wanted.limit);
    },
  };
}
