import type { ShowSession, TimelineEntry } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { z } from 'zod';
import type { AuditLog } from '../../audit/mod.ts';
import { type ConsentStore, inForceAt } from '../../consent/mod.ts';
import { type Calls, callKey, type KeptCall, type Transcripts, transcriptKey } from '../../transcripts/mod.ts';
import { subjectDocumentKey } from '../../vault/mod.ts';
import { eventOf, factsOfCall, inOrder, lastSeenIn, stateOf, traceIn } from '../decide/timeline.ts';

export type ShowSessionDependencies = Readonly<{
  auditLog: Pick<AuditLog, 'named'>;
  calls: Pick<Calls, 'read'>;
  transcripts: Pick<Transcripts, 'read'>;
  consents: Pick<ConsentStore, 'read'>;
}>;

type Asked = z.infer<(typeof ShowSession)['request']>;
type Reply = z.input<(typeof ShowSession)['reply']>;

/**
 * One call as the audit log tells of it. What has grown too old for that log is told by the record of the call, for as
 * long as that is kept. Throws Fault NOT_FOUND where neither knows of it.
 */
export const showSession =
  (dependencies: ShowSessionDependencies) =>
  async ({ tenantId, sessionId }: Asked): Promise<Reply> => {
    const { auditLog, calls, transcripts } = dependencies;
    const [entries, call, transcript] = await Promise.all([
      auditLog.named(tenantId, factsOfCall(sessionId)),
      calls.read(callKey(tenantId, sessionId)),
      transcripts.read(transcriptKey(tenantId, sessionId)),
    ]);
    const told = entries.flatMap((entry) => eventOf(entry) ?? []);
    const timeline = [...told, ...(call === undefined ? [] : keptEvents(call, told))];
    if (timeline.length === 0) throw new Fault('NOT_FOUND');
    const lastSeenAt = lastSeenIn(entries);
    if (lastSeenAt !== null) timeline.push({ at: lastSeenAt, what: 'seen', details: {} });
    if (call !== undefined) timeline.push(...(await consentsOf(dependencies, call)));
    return {
      ...{ tenantId, sessionId, state: stateOf(timeline), lastSeenAt, traceId: traceIn(entries) },
      transcriptMessages: transcript?.messages ?? 0,
      timeline: inOrder(timeline),
    };
  };

const iso = (ms: number): string => new Date(ms).toISOString();

/** What the record of a call says and no entry does. */
function keptEvents(call: KeptCall, told: readonly TimelineEntry[]): TimelineEntry[] {
  const { agentId, startedAtMs, endedAtMs, endReason, used } = call;
  const kept: TimelineEntry[] = [{ at: iso(startedAtMs), what: 'granted', details: { agentId } }];
  if (endedAtMs !== null)
    kept.push({ at: iso(endedAtMs), what: 'ended', details: endReason === null ? {} : { reason: endReason } });
  if (used !== null) kept.push({ at: iso(endedAtMs ?? startedAtMs), what: 'settled', details: { ...used } });
  return kept.filter(({ what }) => !told.some((each) => each.what === what));
}

/** What the person of a call had been shown and had answered when the call began. */
async function consentsOf(
  { consents }: Pick<ShowSessionDependencies, 'consents'>,
  { tenantId, subjectId, startedAtMs }: KeptCall,
): Promise<TimelineEntry[]> {
  const answers = inForceAt(await consents.read(subjectDocumentKey(tenantId, subjectId)), startedAtMs);
  return answers.map(({ receiptId, purpose, version, method, given, atMs }) => ({
    at: iso(atMs),
    what: 'consent',
    details: { receiptId, purpose, version, method, given },
  }));
}
