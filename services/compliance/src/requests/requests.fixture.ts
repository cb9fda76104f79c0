import {
  EraseFrom,
  ExportFrom,
  makeFact,
  OpenPrivacyRequest,
  PolicyDocument,
  RecordConsent,
  SessionEnded,
  SessionGranted,
  ShowPrivacyRequest,
  stepServices,
  TranscriptAppended,
} from '@vox/contracts';
import { settled, somePolicy, someWidgetKey } from '@vox/testing';
import { onTwins } from '../compliance.fixture.ts';
import { memoryConsents, memoryPrivacy, memoryTranscripts } from '../memory.ts';
import { startCompliance } from '../service.ts';

export const tenantId = 'acme';
export const visitorId = 'v_CanaryCanaryCanaryCana';
export const email = 'ann.canary@example.com';
export const words = 'my canary words';
export const canaries = [visitorId, email, words, 'canary'];
export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const sessionId = uuid(1);
export const by = { actor: 'operator:test', reason: 'the person asked', requestId: 'r1' };
const identity = { kind: 'widget', widgetKey: someWidgetKey, visitorId } as const;

/** Two copies of compliance on one set of stores, beside services that answer what they are asked about a person. */
export async function openFixture(fault?: () => void) {
  const options = fault === undefined ? {} : { fault };
  const twins = {
    ...onTwins(),
    ...memoryTranscripts(options),
    ...memoryPrivacy(options),
    consents: memoryConsents(options),
  };
  const { bus, clock } = twins;
  await bus.documents(PolicyDocument).put(tenantId, somePolicy());
  const asked: string[] = [];
  for (const service of stepServices) {
    await bus.answer(EraseFrom[service], async ({ sessionIds, visitorIds }) => {
      asked.push(`${service} ${sessionIds.length} ${visitorIds.length}`);
      return { erased: 1 };
    });
    await bus.answer(ExportFrom[service], async () => ({
      records: [{ kind: 'sessions', id: service, data: { note: `=held by ${service}`, list: [1] } }],
    }));
  }
  const copies = [await startCompliance(twins), await startCompliance(twins)];
  const at = clock.now();
  const whose = { tenantId, sessionId };

  /** Somebody called, said something, consented, said who it is, and took its consent back. */
  async function call(): Promise<void> {
    const consent = { purpose: 'transcripts', version: '1', textHash: 'a'.repeat(64), locale: 'en' } as const;
    const choice = { ...consent, method: 'click', given: true } as const;
    const grant = { grantedAt: at.toISOString(), endsAt: at.toISOString(), maxSeconds: 9, idleSeconds: 9 };
    const chosen = { agentId: 'guide', model: 'gpt-realtime-2.1', voice: 'marin' };
    await bus.ask(RecordConsent, { tenantId, widgetKey: someWidgetKey, visitorId, choice, subject: { email } });
    await bus.publish(
      SessionGranted,
      makeFact(SessionGranted, { id: 'g', source: 'broker', at }, { ...whose, identity, ...chosen, ...grant }),
    );
    await settled(bus);
    const said = { ...whose, messageId: 'm1', role: 'user', text: words, at: at.toISOString(), sequence: 0 } as const;
    await bus.publish(TranscriptAppended, makeFact(TranscriptAppended, { id: 't', source: 'edge-guard', at }, said));
    const ended = {
      ...whose,
      identity,
      reason: 'client',
      grantedAt: grant.grantedAt,
      endedAt: at.toISOString(),
    } as const;
    await bus.publish(
      SessionEnded,
      makeFact(SessionEnded, { id: 'e', source: 'broker', at }, { ...ended, connectedSeconds: 1 }),
    );
    await settled(bus);
    await bus.ask(RecordConsent, {
      tenantId,
      widgetKey: someWidgetKey,
      visitorId,
      choice: { ...choice, given: false },
    });
    await settled(bus);
  }
  const request = (kind: 'export' | 'erase', over: object = {}) =>
    bus.ask(OpenPrivacyRequest, {
      ...{ tenantId, privacyRequestId: uuid(kind === 'erase' ? 90 : 91), kind, ...by, ...over },
      identifiers: [{ kind: 'email', value: email.toUpperCase() }],
    });
  const show = (kind: 'export' | 'erase') =>
    bus.ask(ShowPrivacyRequest, { tenantId, privacyRequestId: uuid(kind === 'erase' ? 90 : 91) });
  async function everything(): Promise<string> {
    const stores = [
      twins.calls,
      twins.transcripts,
      twins.consents,
      twins.subjects,
      twins.exportParts,
      twins.privacyRequests,
    ];
    const kept = await Promise.all([...stores, twins.erasures, twins.holds].map((documents) => documents.all(999)));
    const said = await twins.utterances.page(whose, 99);
    const log = [];
    for await (const entry of twins.auditLog.entries(tenantId)) log.push(entry);
    return JSON.stringify([kept, said, log, bus.published(), bus.deadLetters()]);
  }
  const close = () => Promise.all(copies.map((copy) => copy.stop()));
  return { ...twins, copies, call, request, show, everything, asked, close };
}
export type Fixture = Awaited<ReturnType<typeof openFixture>>;
