import { createHash } from 'node:crypto';
import {
  EraseFrom,
  ErasureReceipt,
  ExportFrom,
  ExportManifestReceipt,
  ListPrivacyRequests,
  ListReceiptKeys,
  makeFact,
  OpenPrivacyRequest,
  PlaceHold,
  PolicyDocument,
  ReadExport,
  RecordConsent,
  ReleaseHold,
  ReplayErasures,
  SessionEnded,
  SessionGranted,
  ShowPrivacyRequest,
  stepServices,
  TranscriptAppended,
  WithdrawalDocument,
} from '@vox/contracts';
import { readReceipt, withdrawalKey } from '@vox/platform/crypto';
import { crashes, settled, somePolicy, someWidgetKey } from '@vox/testing';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { memoryConsents, memoryPrivacy, memoryTranscripts } from '../../memory.ts';
import { onTwins, vaultOf } from '../../on-twins.ts';
import { startCompliance } from '../../service.ts';

const tenantId = 'acme';
const visitorId = 'v_CanaryCanaryCanaryCana';
const email = 'ann.canary@example.com';
const words = 'my canary words';
const canaries = [visitorId, email, words, 'canary'];
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const sessionId = uuid(1);
const by = { actor: 'operator:test', reason: 'the person asked', requestId: 'r1' };
const identity = { kind: 'widget', widgetKey: someWidgetKey, visitorId } as const;

async function open(fault?: () => void) {
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

describe('a person’s erasure', () => {
  it('leaves nothing of the person anywhere, tells who did what in ids alone, and proves it', async () => {
    const fixture = await open();
    await fixture.call();
    expect(await fixture.everything()).toContain(visitorId);
    expect(await fixture.request('erase')).toMatchObject({
      state: 'working',
      evidence: [],
      dueAt: '2026-06-05T12:00:00.000Z',
    });
    await fixture.copies[0]?.workOnRequests();
    await settled(fixture.bus);
    const done = await fixture.show('erase');
    expect(done).toMatchObject({ state: 'done', holdId: null });
    expect(done.evidence.map(({ step }) => step)).toEqual([
      ...['find', ...stepServices, 'compliance', 'streams', 'keys', 'certify'],
    ]);
    expect(fixture.asked).toEqual(stepServices.map((service) => `${service} 1 1`));
    const left = await fixture.everything();
    for (const canary of canaries) expect(left).not.toContain(canary);
    expect(await fixture.bus.documents(WithdrawalDocument).read(withdrawalKey(tenantId, visitorId))).toBeUndefined();
    const { keys } = await fixture.bus.ask(ListReceiptKeys, {});
    const receipt = await readReceipt(ErasureReceipt, done.receipt ?? '', (kid) => keys.find((key) => key.kid === kid));
    expect(receipt.says).toMatchObject({ tenantId, sessionIds: [sessionId], subjectIds: [expect.any(String)] });
    await fixture.close();
  });

  it('ends the same, counted and told once, by however many copies it is done and wherever they are killed', async () => {
    const unhurt = await open();
    await unhurt.call();
    await unhurt.request('erase');
    await unhurt.copies[0]?.workOnRequests();
    const counts = (await unhurt.show('erase')).evidence.map(({ step, count }) => [step, count]);
    await unhurt.close();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 5 }), async (at) => {
        let step: () => void = () => undefined;
        const fixture = await open(() => step());
        await fixture.call();
        await fixture.request('erase');
        const breaking = crashes(at);
        step = breaking.step;
        for (let round = 0; round < 4; round += 1) {
          await Promise.all(fixture.copies.map((copy) => copy.workOnRequests().catch(() => undefined)));
          fixture.clock.advanceMs(61_000);
        }
        breaking.over();
        await fixture.copies[1]?.workOnRequests();
        await settled(fixture.bus);
        const done = await fixture.show('erase');
        expect(done.state).toBe('done');
        expect(done.evidence.map(({ step, count }) => [step, count])).toEqual(counts);
        const left = await fixture.everything();
        for (const canary of canaries) expect(left).not.toContain(canary);
        const types = fixture.bus.published().map(({ type, id }) => `${type} ${id}`);
        expect(new Set(types.filter((type) => type.startsWith('vox.ledger'))).size).toBe(1);
        expect(new Set(types.filter((type) => type.startsWith('vox.privacy.request-done'))).size).toBe(1);
        await fixture.close();
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it('waits for a legal hold and says so, and goes on when it is released', async () => {
    const fixture = await open();
    await fixture.call();
    const scope = { kind: 'person' as const, identifiers: [{ kind: 'email' as const, value: email }] };
    const { holdId } = await fixture.bus.ask(PlaceHold, { tenantId, scope, ...by });
    await fixture.request('erase');
    await fixture.copies[0]?.workOnRequests();
    expect(await fixture.show('erase')).toMatchObject({ state: 'blocked', holdId, evidence: [{ step: 'find' }] });
    await fixture.bus.ask(ReleaseHold, { tenantId, holdId, ...by });
    fixture.clock.advanceMs(61_000);
    await fixture.copies[1]?.workOnRequests();
    expect((await fixture.show('erase')).state).toBe('done');
    await settled(fixture.bus);
    expect(fixture.bus.published().filter(({ type }) => type === 'vox.privacy.request-blocked.v1')).toHaveLength(1);
    await fixture.close();
  });

  it('is replayed after a restore brought the person back, from the ledger or from receipts that somebody kept', async () => {
    const fixture = await open();
    await fixture.call();
    const before = await fixture.subjects.all(9);
    await fixture.request('erase');
    await fixture.copies[0]?.workOnRequests();
    const { receipt } = await fixture.show('erase');
    for (const receipts of [undefined, [receipt ?? '']]) {
      for (const { key, state } of before) await fixture.subjects.update(key, () => ({ result: 0, state }));
      expect(await fixture.bus.ask(ReplayErasures, { ...by, receipts })).toEqual({ erasures: 1, subjects: 1 });
      expect(await vaultOf(fixture).find(tenantId, { kind: 'email', form: email })).toEqual([]);
    }
    await expect(fixture.bus.ask(ReplayErasures, { ...by, receipts: [`${receipt}x`] })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
    await fixture.close();
  });

  it('that is late is told a week before its deadline and at it, once each', async () => {
    const fixture = await open();
    await fixture.call();
    await fixture.bus.ask(PlaceHold, { tenantId, scope: { kind: 'tenant' }, ...by });
    await fixture.request('erase');
    const told = () =>
      fixture.bus
        .published()
        .map(({ type }) => type)
        .filter((type) => /due-soon|overdue/.test(type));
    await fixture.copies[0]?.workOnRequests();
    expect(told()).toEqual([]);
    fixture.clock.advanceMs(25 * 86_400_000);
    for (const copy of fixture.copies) await copy.workOnRequests();
    expect(told()).toEqual(['vox.privacy.request-due-soon.v1']);
    fixture.clock.advanceMs(7 * 86_400_000);
    for (const copy of fixture.copies) await copy.workOnRequests();
    expect(told()).toEqual(['vox.privacy.request-due-soon.v1', 'vox.privacy.request-overdue.v1']);
    await fixture.close();
  });
});

describe('a person’s export', () => {
  it('is one archive of all that the five services hold, with hashes, handed out under a reason, and gone after a week', async () => {
    const fixture = await open();
    await fixture.call();
    await fixture.request('export');
    await fixture.copies[0]?.workOnRequests();
    expect(await fixture.show('export')).toMatchObject({ state: 'done', steps: 8 });
    const reading = { tenantId, privacyRequestId: uuid(91), part: 0, ...by };
    const { bytes, parts } = await fixture.bus.ask(ReadExport, reading);
    expect(parts).toBe(1);
    const files = unzipSync(Buffer.from(bytes, 'base64'));
    const text = (name: string) => strFromU8(files[name] ?? new Uint8Array());
    const manifest = JSON.parse(text('manifest.json')) as { files: { name: string }[] };
    expect(manifest.files.map(({ name }) => name)).toEqual(
      Object.keys(files).filter((name) => !['manifest.json', 'receipt.jws'].includes(name)),
    );
    expect(text('compliance/transcripts.json')).toContain(words);
    expect(text('compliance/identifiers.csv')).toContain(email);
    expect(JSON.parse(text('compliance/consents.json'))).toHaveLength(2);
    expect(text('compliance/calls.json')).toContain(sessionId);
    // A cell that begins like a formula is none.
    expect(text('quota/sessions.csv')).toContain("'=held by quota");
    expect(JSON.stringify(await fixture.exportParts.all(99))).not.toContain(words);
    expect((await fixture.exportParts.all(99)).every(({ state }) => state.of.startsWith('archive'))).toBe(true);
    const log = [];
    for await (const entry of fixture.auditLog.entries(tenantId)) log.push(entry);
    expect(log.filter(({ action }) => action === 'export.read')).toMatchObject([
      { actor: by.actor, reason: by.reason },
    ]);
    fixture.clock.advanceMs(8 * 86_400_000);
    await fixture.copies[0]?.workOnRequests();
    await expect(fixture.bus.ask(ReadExport, reading)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await fixture.close();
  });
  it('made before an erasure goes with it', async () => {
    const fixture = await open();
    await fixture.call();
    await fixture.request('export');
    await fixture.copies[0]?.workOnRequests();
    await fixture.request('erase');
    await fixture.copies[0]?.workOnRequests();
    expect(await fixture.exportParts.all(9)).toEqual([]);
    await fixture.close();
  });

  /** The archive of the export, file by file. */
  const archiveOf = async (fixture: Awaited<ReturnType<typeof open>>) => {
    const { bytes } = await fixture.bus.ask(ReadExport, { tenantId, privacyRequestId: uuid(91), part: 0, ...by });
    const files = unzipSync(Buffer.from(bytes, 'base64'));
    const of = (name: string) => files[name] ?? new Uint8Array();
    return Object.assign((name: string) => strFromU8(of(name)), { bytes: of });
  };
  const finish = async (fixture: Awaited<ReturnType<typeof open>>) => {
    fixture.clock.advanceMs(10 * 60_000);
    for (const copy of fixture.copies) await copy.sweep();
  };

  it('has a receipt within that proves its manifest, and each file by its hash there', async () => {
    const fixture = await open();
    await fixture.call();
    await fixture.request('export');
    await fixture.copies[0]?.workOnRequests();
    const text = await archiveOf(fixture);
    const { keys } = await fixture.bus.ask(ListReceiptKeys, {});
    const find = (kid: string) => keys.find((key) => key.kid === kid);
    const { says } = await readReceipt(ExportManifestReceipt, text('receipt.jws'), find);
    const hashOf = (name: string) => createHash('sha256').update(text.bytes(name)).digest('hex');
    expect(says).toMatchObject({ tenantId, privacyRequestId: uuid(91), manifestSha256: hashOf('manifest.json') });
    const { files } = JSON.parse(text('manifest.json')) as { files: { name: string; sha256: string }[] };
    for (const { name, sha256 } of files) expect(hashOf(name)).toBe(sha256);
    await fixture.close();
  });

  it('has a cover page that says all that Art. 15 GDPR asks for, from the tenant’s policy, and names what that leaves out', async () => {
    const fixture = await open();
    await fixture.call();
    await fixture.request('export');
    await fixture.copies[0]?.workOnRequests();
    const bare = await archiveOf(fixture);
    for (const article of ['(a)', '(b)', '(c)', '(d)', '(e), (f)', '(g)', '(h)', 'Art. 15(2)', 'Art. 16', 'Art. 77'])
      expect(bare('cover-page.txt')).toContain(article);
    expect(bare('cover-page.txt')).toContain('What was said in calls: 90 days.');
    expect(bare('cover-page.txt')).toContain('compliance/transcripts.csv: what was said in your calls');
    expect(bare('cover-page.txt').match(/To be filled in by the controller/g)).toHaveLength(7);
    await fixture.close();

    const told = await open();
    const privacy = {
      controller: { name: 'Acme <b>Ltd</b>', address: '1 Road', contact: 'privacy@acme.example' },
      dataProtectionOfficer: 'Dee Po, dpo@acme.example',
      supervisoryAuthority: 'AEPD, aepd.es',
      purposes: ['To book a table.'],
      recipients: ['Bookings Inc.'],
      transfers: 'To the United States, under standard contractual clauses.',
      automatedDecisions: 'None.',
    };
    const retention = { ...somePolicy().retention, transcripts: 7 };
    await told.bus.documents(PolicyDocument).put(tenantId, somePolicy({ privacy, retention }));
    await told.call();
    await told.request('export');
    await told.copies[0]?.workOnRequests();
    const full = await archiveOf(told);
    expect(full('cover-page.txt')).not.toContain('To be filled in');
    for (const words of ['Dee Po', 'AEPD', 'To book a table.', 'Bookings Inc.', 'standard contractual', ': 7 days.'])
      expect(full('cover-page.txt')).toContain(words);
    expect(full('cover-page.html')).toContain('Acme &lt;b&gt;Ltd&lt;/b&gt;, 1 Road');
    expect(full('cover-page.html')).not.toMatch(/<b>|<script|href|src=/);
    await told.close();
  });

  it('made while a call goes on says that it is partial: on its cover, in its manifest and to whoever asks', async () => {
    const fixture = await open();
    await fixture.call();
    await fixture.request('export');
    await fixture.copies[0]?.workOnRequests();
    // The call is over, but what was said in it may still be on its way.
    expect((await fixture.show('export')).openSessionIds).toEqual([sessionId]);
    const text = await archiveOf(fixture);
    expect(text('cover-page.txt')).toContain('This copy is partial');
    expect(JSON.parse(text('manifest.json'))).toMatchObject({ partial: true, openSessionIds: [sessionId] });
    await fixture.close();

    const later = await open();
    await later.call();
    await finish(later);
    await later.request('export');
    await later.copies[0]?.workOnRequests();
    expect((await later.show('export')).openSessionIds).toEqual([]);
    const whole = await archiveOf(later);
    expect(whole('cover-page.txt')).not.toContain('partial');
    expect(JSON.parse(whole('manifest.json'))).toMatchObject({ partial: false });
    await later.close();
  });

  it('whose archive cannot be had is refused with the reason: no such request, an erasure, not done, gone', async () => {
    const fixture = await open();
    await fixture.call();
    const why = async (privacyRequestId: string) =>
      fixture.bus.ask(ReadExport, { tenantId, privacyRequestId, part: 0, ...by }).then(
        () => 'none',
        (error: { code: string; answer: { issues?: { message: string }[] } }) =>
          `${error.code} ${error.answer.issues?.[0]?.message}`,
      );
    expect(await why(uuid(77))).toBe('NOT_FOUND is no request of this tenant');
    await fixture.request('export');
    expect(await why(uuid(91))).toMatch(/^NOT_FOUND is not done yet/);
    await fixture.copies[0]?.workOnRequests();
    expect(await why(uuid(91))).toBe('none');
    fixture.clock.advanceMs(6.9 * 86_400_000);
    await fixture.copies[0]?.workOnRequests();
    expect(await why(uuid(91))).toBe('none');
    fixture.clock.advanceMs(0.2 * 86_400_000);
    await fixture.copies[0]?.workOnRequests();
    expect(await why(uuid(91))).toMatch(/^NOT_FOUND has no archive any more: it was kept until 2026-05-12/);
    await fixture.request('erase');
    expect(await why(uuid(90))).toMatch(/^NOT_FOUND is an erasure/);
    await fixture.close();
  });
});

describe('a tenant’s list of persons’ requests', () => {
  it('has the one that is due first at its head, filters by state, kind and deadline, and pages without a gap', async () => {
    const fixture = await open();
    const day = 86_400_000;
    const received = (days: number) => new Date(fixture.clock.now().getTime() - days * day).toISOString();
    const opened = [3, 40, 1, 25, 9];
    for (const [n, days] of opened.entries())
      await fixture.bus.ask(OpenPrivacyRequest, {
        ...{ tenantId, privacyRequestId: uuid(50 + n), kind: n % 2 === 0 ? 'export' : 'erase', ...by },
        ...{ identifiers: [{ kind: 'email' as const, value: email }], receivedAt: received(days) },
      });
    const list = async (over: object = {}) => {
      const { requests, next } = await fixture.bus.ask(ListPrivacyRequests, { tenantId, ...over });
      return { ids: requests.map(({ privacyRequestId }) => Number(privacyRequestId.slice(-2)) - 50), next };
    };
    const byDue = [1, 3, 4, 0, 2];
    expect((await list()).ids).toEqual(byDue);
    expect((await list({ kind: 'erase' })).ids).toEqual([1, 3]);
    expect((await list({ overdue: true })).ids).toEqual([1]);
    expect((await list({ dueBefore: new Date(fixture.clock.now().getTime() + 7 * day).toISOString() })).ids).toEqual([
      1, 3,
    ]);
    const paged: number[] = [];
    for (let after: string | undefined; ; ) {
      const { ids, next } = await list({ limit: 2, after });
      paged.push(...ids);
      if (next === null) break;
      after = next;
    }
    expect(paged).toEqual(byDue);
    await fixture.copies[0]?.workOnRequests();
    expect((await list({ state: 'nobody-found' })).ids).toEqual(byDue);
    expect((await list({ state: 'working' })).ids).toEqual([]);
    expect((await list({ overdue: true })).ids).toEqual([]);
    await fixture.close();
  });
});
