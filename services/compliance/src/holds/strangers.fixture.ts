import {
  EraseFrom,
  ExportFrom,
  LinkSubject,
  makeFact,
  OpenPrivacyRequest,
  PolicyDocument,
  RecordConsent,
  SearchTranscripts,
  SessionGranted,
  ShowPrivacyRequest,
  type SubjectIdentifier,
  stepServices,
  TranscriptAppended,
} from '@vox/contracts';
import { settled, somePolicy, someWidgetKey } from '@vox/testing';
import { onTwins } from '../compliance.fixture.ts';
import { startCompliance } from '../service.ts';

export const tenantId = 'acme';
export const by = { actor: 'operator:test', reason: 'the person asked', requestId: 'r1' };
export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const visitorOf = (n: number): string => `v_${String(n).padStart(22, '0')}`;
export const phone = (value: string): SubjectIdentifier => ({ kind: 'phone', value });
export const email = (value: string): SubjectIdentifier => ({ kind: 'email', value });

/**
 * Compliance in memory, with calls of strangers, and what is asked about them. Person `n` is the visitor of call
 * `uuid(n)`.
 */
export async function openStrangers(country: string | null = null) {
  const twins = onTwins();
  const { bus, clock } = twins;
  await bus.documents(PolicyDocument).put(tenantId, somePolicy({ country }));
  for (const service of stepServices) {
    await bus.answer(EraseFrom[service], async () => ({ erased: 0 }));
    await bus.answer(ExportFrom[service], async () => ({ records: [] }));
  }
  const service = await startCompliance(twins);
  const at = clock.now();

  /** A visitor's call, with a word in it. */
  async function call(n: number): Promise<void> {
    const whose = { tenantId, sessionId: uuid(n) };
    const identity = { kind: 'widget' as const, widgetKey: someWidgetKey, visitorId: visitorOf(n) };
    const chosen = { agentId: 'guide', model: 'gpt-realtime-2.1', voice: 'marin', maxSeconds: 9, idleSeconds: 9 };
    const grant = { ...whose, identity, ...chosen, grantedAt: at.toISOString(), endsAt: at.toISOString() };
    await bus.publish(SessionGranted, makeFact(SessionGranted, { id: `g${n}`, source: 'broker', at }, grant));
    await settled(bus);
    const said = { messageId: 'm1', role: 'user', text: `word ${n}`, at: at.toISOString(), sequence: 0 } as const;
    const head = { id: `t${n}`, source: 'edge-guard', at };
    await bus.publish(TranscriptAppended, makeFact(TranscriptAppended, head, { ...whose, ...said }));
    await settled(bus);
  }
  const link = (n: number, ...identifiers: SubjectIdentifier[]) =>
    bus.ask(LinkSubject, { tenantId, sessionId: uuid(n), identifiers, ...by });
  const consent = (n: number, subject: { email?: string; phone?: string }) => {
    const shown = { purpose: 'transcripts', version: '1', textHash: 'a'.repeat(64), locale: 'en' } as const;
    const choice = { ...shown, method: 'click', given: true } as const;
    return bus.ask(RecordConsent, { tenantId, widgetKey: someWidgetKey, visitorId: visitorOf(n), choice, subject });
  };
  const request = async (kind: 'export' | 'erase', ...identifiers: SubjectIdentifier[]) => {
    const { privacyRequestId } = await bus.ask(OpenPrivacyRequest, { tenantId, kind, identifiers, ...by });
    await service.workOnRequests();
    await settled(bus);
    return bus.ask(ShowPrivacyRequest, { tenantId, privacyRequestId });
  };
  const search = (...identifiers: SubjectIdentifier[]) => bus.ask(SearchTranscripts, { tenantId, identifiers });
  const callsOf = async (...identifiers: SubjectIdentifier[]) =>
    (await search(...identifiers)).transcripts.map(({ sessionId }) => sessionId).sort();
  return { ...twins, service, call, link, consent, request, search, callsOf };
}
export type Strangers = Awaited<ReturnType<typeof openStrangers>>;
