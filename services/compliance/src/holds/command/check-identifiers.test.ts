import { createHmac } from 'node:crypto';
import {
  CheckIdentifiers,
  EraseFrom,
  ExportFrom,
  LinkSubject,
  ListAudit,
  makeFact,
  OpenPrivacyRequest,
  PlaceHold,
  PolicyDocument,
  questions,
  RecordConsent,
  SearchTranscripts,
  SessionGranted,
  ShowPrivacyRequest,
  type SubjectIdentifier,
  stepServices,
  TranscriptAppended,
  VerifyAudit,
} from '@vox/contracts';
import { settled, somePolicy, someWidgetKey } from '@vox/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { onTwins } from '../../on-twins.ts';
import { holdCell } from '../../retention/keep/retention.ts';
import { startCompliance } from '../../service.ts';
import { vault as openVault } from '../../vault/command/open-vault.ts';
import { keyRing } from '../../vault/keep/key-ring.ts';
import { subjectCell } from '../../vault/keep/subjects.ts';

const tenantId = 'acme';
const by = { actor: 'operator:test', reason: 'the person asked', requestId: 'r1' };
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const visitorOf = (n: number): string => `v_${String(n).padStart(22, '0')}`;
const phone = (value: string): SubjectIdentifier => ({ kind: 'phone', value });
const email = (value: string): SubjectIdentifier => ({ kind: 'email', value });
const odd = ['n/a', 'unknown', '-----', '٠٥٠١٢٣٤٥٦٧', '+', '0'];

async function open(country: string | null = null) {
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
    const chosen = { agentId: 'guide', model: 'gpt-realtime', voice: 'marin', maxSeconds: 9, idleSeconds: 9 };
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
type Fixture = Awaited<ReturnType<typeof open>>;

describe('two strangers', () => {
  let fixture: Fixture;
  afterEach(() => fixture.service.stop());

  it('with telephone numbers that are none are refused where they say them, and share nothing', async () => {
    fixture = await open();
    for (const n of [1, 2]) await fixture.call(n);
    for (const value of odd) {
      const wanted = (path: string) => ({ code: 'INVALID_REQUEST', answer: { issues: [{ path }] } });
      await expect(fixture.link(1, email('ann@example.com'), phone(value))).rejects.toMatchObject(
        wanted('identifiers.1.value'),
      );
      await expect(fixture.consent(2, { phone: value })).rejects.toMatchObject(wanted('subject.phone'));
      await expect(fixture.search(phone(value))).rejects.toMatchObject(wanted('identifiers.0.value'));
      for (const kind of ['export', 'erase'] as const)
        await expect(fixture.request(kind, phone(value))).rejects.toMatchObject(wanted('identifiers.0.value'));
      const scope = { kind: 'person' as const, identifiers: [phone(value)] };
      const hold = fixture.bus.ask(PlaceHold, { tenantId, scope, ...by });
      await expect(hold).rejects.toMatchObject(wanted('scope.identifiers.0.value'));
    }
    expect((await fixture.consents.all(9)).length).toBe(0);
    for (const { state } of await fixture.subjects.all(9))
      expect(state.identifiers.map(({ kind }) => kind)).toEqual(['visitor']);
  });

  it('of a country are told apart in their own digits: one is erased, the other is all there', async () => {
    fixture = await open('AE');
    for (const n of [1, 2]) await fixture.call(n);
    await fixture.link(1, phone('٠٥٠١٢٣٤٥٦٧'));
    await fixture.consent(2, { phone: '٠٥٠٧٦٥٤٣٢١' });
    expect(await fixture.callsOf(phone('+971 50 123 4567'))).toEqual([uuid(1)]);
    expect(await fixture.request('erase', phone('00971 (0)50 1234567'))).toMatchObject({
      state: 'done',
      matches: [{ kind: 'phone', subjects: 1 }],
    });
    expect(await fixture.callsOf(phone('+971501234567'))).toEqual([]);
    expect(await fixture.callsOf(phone('050 765 4321'))).toEqual([uuid(2)]);
  });

  it('of whom one gave several identifiers: all are looked for, and each is said to have matched or not', async () => {
    fixture = await open();
    for (const n of [1, 2, 3]) await fixture.call(n);
    await fixture.link(1, email('ann@example.com'));
    await fixture.link(2, phone('+34 600 123 987'));
    await fixture.link(3, email('bea@example.com'));
    const said = [
      email('Ann@Example.com'),
      email('ann@elsewhere.example'),
      phone('0034600123987'),
      phone('+34600123987'),
    ];
    const matches = [
      { kind: 'email', subjects: 1 },
      { kind: 'email', subjects: 0 },
      { kind: 'phone', subjects: 1 },
    ];
    expect(await fixture.search(...said)).toMatchObject({ matches, transcripts: [{}, {}] });
    expect(await fixture.request('erase', ...said)).toMatchObject({ state: 'done', matches });
    expect(await fixture.callsOf(...said)).toEqual([]);
    expect(await fixture.callsOf(email('bea@example.com'))).toEqual([uuid(3)]);
  });
});

describe('a request that finds nobody', () => {
  it.each(['export', 'erase'] as const)(
    'ends so, in words of its own, without a receipt, and stands in the audit log: %s',
    async (kind) => {
      const fixture = await open();
      await fixture.call(1);
      const found = await fixture.request(kind, email('nobody@example.com'), phone('+34600000000'));
      expect(found).toMatchObject({ state: 'nobody-found', receipt: null, evidence: [{ step: 'find', count: 0 }] });
      expect(found.matches).toEqual([
        { kind: 'email', subjects: 0 },
        { kind: 'phone', subjects: 0 },
      ]);
      expect(await fixture.ledger.all(9)).toEqual([]);
      expect(await fixture.exportParts.all(9)).toEqual([]);
      const [{ state } = { state: undefined }] = await fixture.privacyRequests.all(9);
      expect(state).toMatchObject({ sealedWhose: null, lease: null });
      const { entries } = await fixture.bus.ask(ListAudit, { tenantId, ...by });
      const action = kind === 'erase' ? 'subject.nobody-to-erase' : 'subject.nobody-to-export';
      expect(entries.filter((entry) => entry.action === action)).toMatchObject([{ outcome: 'refused' }]);
      expect(entries.map((entry) => entry.action)).not.toContain(
        kind === 'erase' ? 'subject.erased' : 'subject.exported',
      );
      expect(JSON.stringify(entries)).not.toMatch(/nobody@|600000000/);
      // It is over: nothing is worked on, told or warned of again.
      fixture.clock.advanceMs(60 * 86_400_000);
      const told = fixture.bus.published().length;
      await fixture.service.workOnRequests();
      await settled(fixture.bus);
      expect(fixture.bus.published()).toHaveLength(told);
      await fixture.service.stop();
    },
  );
});

describe('a tenant that does not exist', () => {
  const nowhere = { tenantId: 'nowhere', ...by };
  const id = { privacyRequestId: uuid(9), holdId: uuid(9), sessionId: uuid(9) };
  const named = { identifiers: [email('ann@example.com')] };
  const more: Readonly<Record<string, object>> = {
    'hold-place': { scope: { kind: 'tenant' } },
    'privacy-request-open': { kind: 'erase', ...named },
    'subject-export-read': { part: 0 },
    'subject-link': named,
    'retention-receipts': { class: 'usage' },
    'subject-request-find': named,
  };
  const shapeOf = ({ request }: (typeof questions)[number]): object => (request as { shape?: object }).shape ?? {};
  const about = questions.filter(
    (question) =>
      question.service === 'compliance' && question.name !== 'consent-record' && 'tenantId' in shapeOf(question),
  );
  it('is named in the refusal of every question, has no audit log, no keys and no person, and the platform’s log says who asked', async () => {
    const fixture = await open();
    expect(about.length).toBeGreaterThan(14);
    for (const question of about) {
      const all = Object.entries({ ...nowhere, ...id, ...more[question.name] });
      const asked = fixture.bus.ask(question, Object.fromEntries(all.filter(([field]) => field in shapeOf(question))));
      const answer = { issues: [{ path: 'tenantId', message: 'there is no tenant nowhere' }] };
      await expect(asked, question.name).rejects.toMatchObject({ code: 'NOT_FOUND', answer });
    }
    expect((await fixture.auditLog.head('nowhere')).sequence).toBe(0);
    expect((await fixture.tenantKeys.all(9)).map(({ key }) => key)).not.toContain('nowhere');
    expect(await fixture.subjects.all(9)).toEqual([]);
    const { entries } = await fixture.bus.ask(ListAudit, { tenantId: '_platform', ...by });
    expect(entries[0]).toMatchObject({ action: 'tenant.miss', target: 'tenant:nowhere', outcome: 'refused' });
    await fixture.service.stop();
  });
  it('of which a log was kept proves it all the same', async () => {
    const fixture = await open();
    await fixture.bus.ask(PlaceHold, { tenantId, scope: { kind: 'tenant' }, ...by });
    await settled(fixture.bus);
    await fixture.bus.documents(PolicyDocument).remove(tenantId);
    expect(await fixture.bus.ask(VerifyAudit, { tenantId })).toMatchObject({ broken: null, entries: 1 });
    await fixture.service.stop();
  });
});

describe('what persons were linked by before identifiers were read', () => {
  let fixture: Fixture;
  beforeEach(async () => {
    fixture = await open('ES');
    for (const n of [1, 2, 3]) await fixture.call(n);
  });
  afterEach(() => fixture.service.stop());

  /** As it was kept then: whatever was written, under the index of its digits. */
  async function linkedThen(n: number, written: string): Promise<string> {
    const keys = await keyRing(fixture).keysOf(tenantId);
    const digits = written
      .normalize('NFKC')
      .trim()
      .replace(/[^\d+]/g, '')
      .replace(/^00/, '+');
    const index = createHmac('sha256', keys.index).update(`phone:${digits}`).digest('hex');
    const call = await fixture.calls.read(`${tenantId}/${uuid(n)}`);
    const subjectId = call?.subjectId ?? '';
    const box = await openVault(keyRing(fixture), fixture).box({ tenantId, subjectId });
    const known = { kind: 'phone' as const, index, sealed: box?.seal('identifier:phone', written) ?? '' };
    await fixture.subjects.update(subjectCell(tenantId, subjectId), (subject) =>
      subject === undefined
        ? { result: undefined }
        : { result: undefined, state: { ...subject, identifiers: [...subject.identifiers, known] } },
    );
    return subjectId;
  }

  it('is found by the auditor where it is nobody’s or not looked for any more, and matches nobody', async () => {
    const strangers = [await linkedThen(1, 'n/a'), await linkedThen(2, '-----')];
    const old = await linkedThen(3, '600 123 987');
    const found = await fixture.bus.ask(CheckIdentifiers, { tenantId });
    expect(found.next).toBeNull();
    expect(found.broken).toHaveLength(3);
    for (const subjectId of strangers)
      expect(found.broken).toContainEqual({ subjectId, kind: 'phone', cause: 'nobody' });
    expect(found.broken).toContainEqual({ subjectId: old, kind: 'phone', cause: 'outdated' });
    for (const value of ['n/a', '-----', '']) await expect(fixture.search(phone(value))).rejects.toThrow();
  });
  it('is mended by linking the person again, but for what a hold is placed by', async () => {
    await linkedThen(1, 'n/a');
    await linkedThen(2, '600 123 987');
    await fixture.link(1, email('ann@example.com'));
    await fixture.link(2, email('bea@example.com'));
    expect((await fixture.bus.ask(CheckIdentifiers, { tenantId })).broken).toEqual([]);
    expect(await fixture.callsOf(phone('+34600123987'))).toEqual([uuid(2)]);
    const subjectId = await linkedThen(3, '-----');
    const index = (await fixture.subjects.read(subjectCell(tenantId, subjectId)))?.identifiers.at(-1)?.index ?? '';
    const scope = { kind: 'person' as const, indexes: [index], subjectIds: [] };
    const hold = { tenantId, holdId: uuid(7), scope, reason: 'case 12', placedBy: 'operator:test', placedAtMs: 0 };
    await fixture.holds.update(holdCell(tenantId, uuid(7)), () => ({
      result: 0,
      state: { ...hold, releasedAtMs: null },
    }));
    await fixture.link(3, email('cid@example.com'));
    expect(await fixture.bus.ask(CheckIdentifiers, { tenantId })).toMatchObject({
      broken: [{ subjectId, cause: 'nobody' }],
      holdIds: [uuid(7)],
    });
    expect(await fixture.request('erase', email('cid@example.com'))).toMatchObject({
      state: 'blocked',
      holdId: uuid(7),
    });
  });
});
