import type { RetentionClass } from '@vox/contracts';
import type { StoredDocument } from '@vox/platform/store';
import { type SecurityEvent, type SecurityEvents, securityEventTag } from '../../audit/mod.ts';
import { type ConsentStore, type Consents, tenantTag } from '../../consent/mod.ts';
import {
  type Calls,
  callKey,
  callTag,
  type KeptCall,
  type RemoveWords,
  removeWords,
  type Transcript,
  type Transcripts,
  transcriptKey,
} from '../../transcripts/mod.ts';
import { subjectDocumentKey } from '../../vault/mod.ts';

/** Something that is older than promised: the id it is removed by, whose it is, and since when it is there. */
export type ExpiredItem = Readonly<{ id: string; sinceMs: number; sessionId?: string; subjectId?: string }>;

/**
 * What one class of data holds that is older than promised. `remove` takes all of an item away, from stores and
 * streams, and is safe to repeat: a copy that is killed on the way is followed by one that calls it with the same id.
 */
export type ExpiredData = Readonly<{
  older: (tenantId: string, olderThanMs: number) => AsyncIterable<ExpiredItem>;
  remove: (tenantId: string, id: string, olderThanMs: number) => Promise<void>;
}>;

/** The audit log is swept apart, for only its front can be trimmed. */
export type SweptClass = Exclude<RetentionClass, 'audit'>;

type TranscriptStores = RemoveWords & Readonly<{ transcripts: Pick<Transcripts, 'search' | 'update'> }>;
type CallStores = Readonly<{
  calls: Pick<Calls, 'dueUnder' | 'remove'>;
  transcripts: Pick<Transcripts, 'update'>;
}>;
type SecurityStores = Readonly<{ securityEvents: Pick<SecurityEvents, 'dueUnder' | 'remove'> }>;
type ConsentStores = Readonly<{ consents: Pick<ConsentStore, 'dueUnder' | 'update'> }>;
export type ExpiringStores = TranscriptStores & CallStores & SecurityStores & ConsentStores;

export const expiredData = (stores: ExpiringStores): Readonly<Record<SweptClass, ExpiredData>> => ({
  transcripts: oldTranscripts(stores),
  usage: oldCalls(stores),
  security: oldSecurityEvents(stores),
  consents: oldConsents(stores),
});

const page = 100;

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

const oldTranscripts = (stores: TranscriptStores): ExpiredData => ({
  async *older(tenantId, olderThanMs) {
    for (let before: Transcript | undefined; ; ) {
      const part = await stores.transcripts.search({ tenantId, toMs: olderThanMs, before, limit: page });
      for (const { sessionId, subjectId, startedAtMs } of part)
        yield { id: sessionId, sessionId, subjectId, sinceMs: startedAtMs };
      before = part.at(-1);
      if (part.length < page) return;
    }
  },
  remove: (tenantId, sessionId) => removeWords(stores, { tenantId, sessionId }),
});

const oldCalls = ({ calls, transcripts }: CallStores): ExpiredData => ({
  async *older(tenantId, olderThanMs) {
    const found = pages<KeptCall>((after) => calls.dueUnder(callTag.tenant(tenantId), olderThanMs, page, after));
    for await (const { state } of found)
      yield {
        ...{ id: state.sessionId, sessionId: state.sessionId, subjectId: state.subjectId },
        sinceMs: state.startedAtMs,
      };
  },
  async remove(tenantId, sessionId) {
    await calls.remove(callKey(tenantId, sessionId));
    await transcripts.update(transcriptKey(tenantId, sessionId), (now) =>
      now?.messages === 0 ? { result: undefined, remove: true } : { result: undefined },
    );
  },
});

const oldSecurityEvents = ({ securityEvents }: SecurityStores): ExpiredData => ({
  async *older(tenantId, olderThanMs) {
    const found = pages<SecurityEvent>((after) =>
      securityEvents.dueUnder(securityEventTag(tenantId), olderThanMs, page, after),
    );
    for await (const { key, state } of found) yield { id: key, sinceMs: state.atMs };
  },
  remove: (_tenantId, key) => securityEvents.remove(key),
});

/** A subject's receipts go one by one as they grow old; a subject that has none left is not listed any more. */
const oldConsents = ({ consents }: ConsentStores): ExpiredData => ({
  async *older(tenantId, olderThanMs) {
    const found = pages<Consents>((after) => consents.dueUnder(tenantTag(tenantId), olderThanMs, page, after));
    for await (const { state } of found)
      yield { id: state.subjectId, subjectId: state.subjectId, sinceMs: state.records[0]?.atMs ?? olderThanMs };
  },
  remove: (tenantId, subjectId, olderThanMs) =>
    consents.update(subjectDocumentKey(tenantId, subjectId), (now) => {
      const records = now?.records.filter(({ atMs }) => atMs > olderThanMs) ?? [];
      if (now === undefined || records.length === now.records.length) return { result: undefined };
      return records.length === 0
        ? { result: undefined, remove: true }
        : { result: undefined, state: { ...now, records } };
    }),
});
