import { previewCallsMax } from '@vox/contracts';
import type { AuditLog } from '../../audit/mod.ts';
import type { Calls } from '../../transcripts/mod.ts';
import type { DayOf } from '../decide/days.ts';
import { factsOf, type PastCall, type ToldCall, toldBy, toolUsesOf } from '../decide/past-call.ts';

export type ReadPastCallsDependencies = Readonly<{
  calls: Pick<Calls, 'ended'>;
  auditLog: Pick<AuditLog, 'named'>;
}>;

type Over = Awaited<ReturnType<Calls['ended']>>[number];
/** `withTools`: also which tools they used, which takes longer to find. */
export type Window = Readonly<{ tenantId: string; fromMs: number; dayOf: DayOf; withTools: boolean }>;
export type ReadCalls = Readonly<{ calls: readonly PastCall[]; fromMs: number; isPart: boolean }>;

/** A page of records that is held at once, and calls whose entries one question names. */
const pageSize = 500;
const namedAtOnce = 100;

/**
 * The calls of a tenant that began since a moment and are over, with what the audit log tells of them. Where there are
 * more than a preview looks at, they begin at the moment since which none is missing.
 */
export async function readPastCalls(
  dependencies: ReadPastCallsDependencies,
  { tenantId, fromMs, dayOf, withTools }: Window,
): Promise<ReadCalls> {
  const over = await endedSince(dependencies, tenantId, fromMs);
  const isPart = over.length > previewCallsMax;
  const looked = over.slice(0, previewCallsMax);
  // Whatever ended before the oldest of them began before, too.
  const sinceMs = isPart ? Math.max(fromMs, looked.at(-1)?.endedAtMs ?? fromMs) : fromMs;
  const begun = looked.filter(({ startedAtMs }) => startedAtMs >= sinceMs);
  const told = await toldOf(dependencies, { tenantId, withTools }, begun);
  const calls = begun.map((call) => pastCall(call, told.get(call.sessionId), dayOf(call.startedAtMs)));
  return { calls, fromMs: sinceMs, isPart };
}

/** One more than a preview looks at says that there are more. */
async function endedSince({ calls }: ReadPastCallsDependencies, tenantId: string, fromMs: number): Promise<Over[]> {
  const all: Over[] = [];
  for (;;) {
    const limit = Math.min(pageSize, previewCallsMax + 1 - all.length);
    const page = await calls.ended({ tenantId, fromMs, before: all.at(-1), limit });
    all.push(...page);
    if (page.length < limit || all.length > previewCallsMax) return all;
  }
}

async function toldOf(
  { auditLog }: ReadPastCallsDependencies,
  { tenantId, withTools }: Pick<Window, 'tenantId' | 'withTools'>,
  calls: readonly Over[],
): Promise<ReadonlyMap<string, ToldCall>> {
  const told = new Map<string, ToldCall>();
  for (let at = 0; at < calls.length; at += namedAtOnce) {
    const ids = calls.slice(at, at + namedAtOnce).map(({ sessionId }) => sessionId);
    const entries = [...(await auditLog.named(tenantId, factsOf(ids)))];
    // An answer is cut where it is too long: uses of tools must not take the place of the others.
    if (withTools) entries.push(...(await auditLog.named(tenantId, toolUsesOf(ids))));
    for (const [id, each] of toldBy(entries)) told.set(id, each);
  }
  return told;
}

const pastCall = (call: Over, told: ToldCall | undefined, day: string): PastCall => ({
  ...(told ?? { tools: [] }),
  ...{ sessionId: call.sessionId, kind: call.kind, widgetKey: call.widgetKey, agentId: call.agentId },
  person: call.subjectId,
  ...{ startedAtMs: call.startedAtMs, day, endedAtMs: call.endedAtMs },
  ...{ endReason: call.endReason, used: call.used },
});
