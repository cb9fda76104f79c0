import type { HeldRecord } from '@vox/contracts';
import { type ConsentStore, openRecord } from '../../consent/mod.ts';
import {
  type Calls,
  callKey,
  type OfSession,
  openWords,
  type Transcripts,
  transcriptKey,
  type Utterance,
  type UtterancePlace,
  type Utterances,
} from '../../transcripts/mod.ts';
import { type Box, subjectDocumentKey, type Vault } from '../../vault/mod.ts';
import type { PrivacyRequest } from '../decide/privacy-request.ts';

export type GatherOwnRecords = Readonly<{
  calls: Pick<Calls, 'read'>;
  transcripts: Pick<Transcripts, 'read'>;
  utterances: Pick<Utterances, 'page'>;
  consents: Pick<ConsentStore, 'read'>;
  vault: Pick<Vault, 'subject' | 'box' | 'identifiersOf'>;
}>;

const page = 200;
const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** What compliance itself holds about a person, opened with the person's key. */
export async function gatherOwnRecords(
  dependencies: GatherOwnRecords,
  { tenantId, subjectIds, sessionIds }: Pick<PrivacyRequest, 'tenantId' | 'subjectIds' | 'sessionIds'>,
): Promise<HeldRecord[]> {
  const records: HeldRecord[] = [];
  for (const subjectId of subjectIds) records.push(...(await ofSubject(dependencies, tenantId, subjectId)));
  for (const sessionId of sessionIds) records.push(...(await ofCall(dependencies, { tenantId, sessionId })));
  return records;
}

async function ofSubject(
  { vault, consents }: GatherOwnRecords,
  tenantId: string,
  subjectId: string,
): Promise<HeldRecord[]> {
  const subject = await vault.subject(tenantId, subjectId);
  const box = subject && (await vault.box(subject));
  if (subject === undefined || box === undefined) return [];
  const known = await vault.identifiersOf(subject);
  const answers = (await consents.read(subjectDocumentKey(tenantId, subjectId)))?.records ?? [];
  return [
    ...known.map(({ kind, value }, n) => ({
      ...{ kind: 'identifiers', id: `${subjectId}:${n}` },
      data: { kind, value, since: iso(subject.createdAtMs) },
    })),
    ...answers.map((answer) => ({
      kind: 'consents',
      id: answer.receiptId,
      data: {
        ...{ purpose: answer.purpose, version: answer.version, given: answer.given, method: answer.method },
        ...{ at: iso(answer.atMs), receipt: openRecord(box, answer)?.receipt ?? null },
      },
    })),
  ];
}

async function ofCall(dependencies: GatherOwnRecords, session: OfSession): Promise<HeldRecord[]> {
  const { calls, transcripts, vault } = dependencies;
  const { tenantId, sessionId } = session;
  const call = await calls.read(callKey(tenantId, sessionId));
  if (call === undefined) return [];
  const { agentId, startedAtMs, endedAtMs, endReason, used, widgetKey = null, connectedSeconds = null } = call;
  const record = {
    ...{ kind: 'calls', id: sessionId },
    data: {
      ...{ agentId, widgetKey, startedAt: iso(startedAtMs), endedAt: iso(endedAtMs), endReason, connectedSeconds },
      used: used && { ...used },
    },
  };
  const transcript = await transcripts.read(transcriptKey(tenantId, sessionId));
  const box = transcript && (await vault.box(transcript));
  return box === undefined ? [record] : [record, ...(await wordsOf(dependencies, box, session))];
}

async function wordsOf({ utterances }: GatherOwnRecords, box: Box, session: OfSession): Promise<HeldRecord[]> {
  const records: HeldRecord[] = [];
  for (let after: UtterancePlace | undefined; ; ) {
    const part: readonly Utterance[] = await utterances.page(session, page, after);
    for (const each of part) {
      const words = openWords(box, each);
      const { sessionId, role, atMs } = each;
      const data = { sessionId, role, at: iso(atMs), text: words?.text ?? null, meta: words?.meta ?? null };
      records.push({ kind: 'transcripts', id: each.messageId, data });
    }
    after = part.at(-1);
    if (part.length < page) return records;
  }
}
