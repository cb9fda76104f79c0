import { type RetentionClass, TranscriptAppended, TranscriptCompleted } from '@vox/contracts';
import type { StoredDocument } from '@vox/platform/store';
import { type SecurityEvent, securityEventTag } from '../../audit/mod.ts';
import type { Consents } from '../../consent/mod.ts';
import { tenantTag } from '../../consent/mod.ts';
import type { Dependencies } from '../../dependencies.ts';
import type { KeptCall } from '../../transcripts/decide/call.ts';
import type { Transcript } from '../../transcripts/decide/transcript.ts';
import { callKey, callTag } from '../../transcripts/keep/calls.ts';
import { transcriptKey } from '../../transcripts/keep/transcripts.ts';
import { subjectDocumentKey } from '../../vault/mod.ts';

/** Something that is older than promised: the id it is removed by, whose it is, and since when it is there. */
export type Old = Readonly<{ id: string; sinceMs: number; sessionId?: string; subjectId?: string }>;

/**
 * One class of data as the sweeper sees it. `remove` takes all of it away, from stores and streams, and is safe to repeat: killed on the way, it is
 * called again with the same id.
 */
export type Expiring = Readonly<{
  older: (tenantId: string, olderThanMs: number) => AsyncIterable<Old>;
  remove: (tenantId: string, id: string, olderThanMs: number) => Promise<void>;
}>;

export type ExpiringNeeds = Pick<
  Dependencies,
  'bus' | 'calls' | 'transcripts' | 'utterances' | 'consents' | 'securityEvents'
>;

const page = 100;
const messagesAtOnce = 500;

async function* pages<T>(
  next: (after: StoredDocument<T> | undefined) => Promise<readonly StoredDocument<T>[]>,
): AsyncIterable<StoredDocument<T>> {
  for (let after: StoredDocument<T> | undefined; ; ) {
    const part = await next(after);
    yield* part;
    after = part.at(-1);
    if (part.length < page) return;
  }
}

/** Every class but the audit log, whose front can only be trimmed. */
export const expiring = (needs: ExpiringNeeds): Readonly<Record<Exclude<RetentionClass, 'audit'>, Expiring>> => ({
  transcripts: transcripts(needs),
  usage: calls(needs),
  security: securityEvents(needs),
  consents: consents(needs),
});

const transcripts = ({ transcripts: headers, utterances, bus }: ExpiringNeeds): Expiring => ({
  async *older(tenantId, olderThanMs) {
    for (let before: Transcript | undefined; ; ) {
      const part = await headers.search({ tenantId, toMs: olderThanMs, before, limit: page });
      for (const { sessionId, subjectId, startedAtMs } of part)
        yield { id: sessionId, sessionId, subjectId, sinceMs: startedAtMs };
      before = part.at(-1);
      if (part.length < page) return;
    }
  },
  async remove(tenantId, sessionId) {
    await bus.forget([TranscriptAppended, TranscriptCompleted], { tenantId, sessionId });
    while ((await utterances.remove({ tenantId, sessionId }, messagesAtOnce)) > 0);
    // The stone of a call stays until the call itself is forgotten, so that nothing late is taken for new.
    await headers.update(transcriptKey(tenantId, sessionId), (now) =>
      now === undefined ? { result: undefined } : { result: undefined, state: { ...now, messages: 0, bytes: 0 } },
    );
  },
});

const calls = ({ calls: kept, transcripts: headers }: ExpiringNeeds): Expiring => ({
  async *older(tenantId, olderThanMs) {
    const found = pages<KeptCall>((after) => kept.dueUnder(callTag.tenant(tenantId), olderThanMs, page, after));
    for await (const { state } of found)
      yield {
        ...{ id: state.sessionId, sessionId: state.sessionId, subjectId: state.subjectId },
        sinceMs: state.startedAtMs,
      };
  },
  async remove(tenantId, sessionId) {
    await kept.update(callKey(tenantId, sessionId), () => ({ result: undefined, remove: true }));
    await headers.update(transcriptKey(tenantId, sessionId), (now) =>
      now?.messages === 0 ? { result: undefined, remove: true } : { result: undefined },
    );
  },
});

const securityEvents = ({ securityEvents: events }: ExpiringNeeds): Expiring => ({
  async *older(tenantId, olderThanMs) {
    const found = pages<SecurityEvent>((after) =>
      events.dueUnder(securityEventTag(tenantId), olderThanMs, page, after),
    );
    for await (const { key, state } of found) yield { id: key, sinceMs: state.atMs };
  },
  remove: (_tenantId, key) => events.update(key, () => ({ result: undefined, remove: true })),
});

/** A subject's receipts go one by one as they grow old; who has none left is not listed any more. */
const consents = ({ consents: kept }: ExpiringNeeds): Expiring => ({
  async *older(tenantId, olderThanMs) {
    const found = pages<Consents>((after) => kept.dueUnder(tenantTag(tenantId), olderThanMs, page, after));
    for await (const { state } of found)
      yield { id: state.subjectId, subjectId: state.subjectId, sinceMs: state.records[0]?.atMs ?? olderThanMs };
  },
  remove: (tenantId, subjectId, olderThanMs) =>
    kept.update(subjectDocumentKey(tenantId, subjectId), (now) => {
      const records = now?.records.filter(({ atMs }) => atMs > olderThanMs) ?? [];
      if (now === undefined || records.length === now.records.length) return { result: undefined };
      return records.length === 0
        ? { result: undefined, remove: true }
        : { result: undefined, state: { ...now, records } };
    }),
});
