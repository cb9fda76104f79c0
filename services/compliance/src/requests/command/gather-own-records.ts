import type { HeldRecord } from '@vox/contracts';
import { openRecord } from '../../consent/mod.ts';
import type { Dependencies } from '../../dependencies.ts';
import { openWords } from '../../transcripts/command/redact-conversation.ts';
import type { Place, Utterance } from '../../transcripts/decide/utterance.ts';
import { callKey } from '../../transcripts/keep/calls.ts';
import { transcriptKey } from '../../transcripts/keep/transcripts.ts';
import type { Box } from '../../vault/mod.ts';
import { subjectDocumentKey } from '../../vault/mod.ts';
import type { PrivacyRequest } from '../decide/privacy-request.ts';

const page = 200;
const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** What compliance itself holds about a person, opened with the person's key. */
export async function heldByUs(
  needs: Dependencies,
  { tenantId, subjectIds, sessionIds }: PrivacyRequest,
): Promise<HeldRecord[]> {
  const records: HeldRecord[] = [];
  for (const subjectId of subjectIds) records.push(...(await ofSubject(needs, tenantId, subjectId)));
  for (const sessionId of sessionIds) records.push(...(await ofCall(needs, tenantId, sessionId)));
  return records;
}

async function ofSubject(needs: Dependencies, tenantId: string, subjectId: string): Promise<HeldRecord[]> {
  const subject = await needs.vault.subject(tenantId, subjectId);
  const box = subject && (await needs.vault.box(subject));
  if (subject === undefined || box === undefined) return [];
  const known = await needs.vault.identifiersOf(subject);
  const consents = (await needs.consents.read(subjectDocumentKey(tenantId, subjectId)))?.records ?? [];
  return [
    ...known.map(({ kind, value }, n) => ({
      ...{ kind: 'identifiers', id: `${subjectId}:${n}` },
      data: { kind, value, since: iso(subject.createdAtMs) },
    })),
    ...consents.map((record) => ({
      kind: 'consents',
      id: record.receiptId,
      data: {
        ...{ purpose: record.purpose, version: record.version, given: record.given, method: record.method },
        ...{ at: iso(record.atMs), receipt: openRecord(box, record)?.receipt ?? null },
      },
    })),
  ];
}

async function ofCall(needs: Dependencies, tenantId: string, sessionId: string): Promise<HeldRecord[]> {
  const call = await needs.calls.read(callKey(tenantId, sessionId));
  if (call === undefined) return [];
  const { agentId, startedAtMs, endedAtMs, endReason, used } = call;
  const record = {
    ...{ kind: 'calls', id: sessionId },
    data: { agentId, startedAt: iso(startedAtMs), endedAt: iso(endedAtMs), endReason, used: used && { ...used } },
  };
  const transcript = await needs.transcripts.read(transcriptKey(tenantId, sessionId));
  const box = transcript && (await needs.vault.box(transcript));
  return box === undefined ? [record] : [record, ...(await wordsOf(needs, box, tenantId, sessionId))];
}

async function wordsOf(
  { utterances }: Dependencies,
  box: Box,
  tenantId: string,
  sessionId: string,
): Promise<HeldRecord[]> {
  const records: HeldRecord[] = [];
  for (let after: Place | undefined; ; ) {
    const part: readonly Utterance[] = await utterances.page({ tenantId, sessionId }, page, after);
    for (const each of part) {
      const words = openWords(box, each);
      const data = {
        sessionId,
        role: each.role,
        at: iso(each.atMs),
        text: words?.text ?? null,
        meta: words?.meta ?? null,
      };
      records.push({ kind: 'transcripts', id: each.messageId, data });
    }
    after = part.at(-1);
    if (part.length < page) return records;
  }
}
