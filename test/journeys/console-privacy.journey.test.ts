import { auditForms } from '@vox/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ask, askAs, load, operations as o } from './console/modules.ts';
import { type Journey, openJourney } from './journey.ts';
import { newMember } from './member.ts';
import { askingDraft, spokenCall, wordsHash } from './spoken-call.ts';

const { wholeCsv } = await load('parts/csv.js');
const { verifyFile } = await load('audit-file/verify-file.js');

const email = 'ann@example.com';
const words = ['My dog is called Rex.', 'A fine name.'];

describe('what a privacy officer asks for on the screens of the console', () => {
  let journey: Journey;
  let officer: Awaited<ReturnType<typeof newMember>>;
  let sessionId: string;
  let addresses: string[] = [];
  beforeAll(async () => {
    journey = await openJourney({ draft: askingDraft });
    officer = await newMember(journey, 'petra@example.com', 'privacy-officer');
    sessionId = await spokenCall(journey, { words, email, nowMs: Date.now() });
  }, 30_000);
  afterAll(() => journey.close());
  beforeEach(() => {
    addresses = askAs(officer, 'privacy-officer', 'demo', journey);
  });
  afterEach(() => vi.unstubAllGlobals());

  it('are consents, by call or person, with the hash of the words that were shown and a receipt', async () => {
    const ofCall = await ask(o.searchConsents, { sessionId, limit: 50 });
    const [consent] = ofCall.body.consents;
    expect(consent).toMatchObject({ purpose: 'transcripts', version: '7', textHash: wordsHash, given: true });
    expect(consent.receiptId).toMatch(/^[0-9a-f-]{36}$/);
    const ofPerson = await ask(o.searchConsents, { identifiers: [{ kind: 'email', value: email }], given: true });
    expect(ofPerson.body).toMatchObject({ consents: [consent], matches: [{ kind: 'email', subjects: 1 }] });
    expect(
      (await ask(o.searchConsents, { identifiers: [{ kind: 'email', value: email }], given: false })).body.consents,
    ).toEqual([]);
    expect(addresses.join()).not.toContain('example');
  });
  it('are transcripts without a word, and the words of a call for a reason that the audit log keeps', async () => {
    const found = await ask(o.searchTranscripts, { identifiers: [{ kind: 'email', value: email }] });
    expect(found.body.transcripts).toMatchObject([{ sessionId, messages: 2, complete: true }]);
    expect(JSON.stringify(found.body)).not.toContain('Rex');
    expect((await ask(o.readTranscript, { sessionId })).problem).toMatchObject({ code: 'INVALID_REQUEST' });
    const read = await ask(o.readTranscript, { sessionId, reason: 'her request', requestId: 'r1' });
    expect(read.body.messages.map(({ text }: { text: string }) => text)).toEqual(words);
    expect(addresses.join()).not.toMatch(/Rex|example/);
    const { body } = await ask(o.listAudit, { action: 'transcript.read' });
    expect(body.entries.at(-1)).toMatchObject({ reason: 'her request', requestId: 'r1', outcome: 'done' });
    expect(JSON.stringify(body)).not.toContain('Rex');
  });
  it('are counts of what another promise would remove, which change nothing', async () => {
    const { retention } = (await ask(o.showPolicy)).body.policy;
    const preview = await ask(o.previewRetention, { retention: { ...retention, transcripts: 0 } });
    expect(preview.body).toMatchObject({ going: { transcripts: 1, consents: 0 }, capped: false });
    expect((await ask(o.previewRetention)).body.going.transcripts).toBe(0);
    expect((await ask(o.listRetentionReceipts, { class: 'transcripts', after: 0 })).body).toEqual({
      receipts: [],
      next: null,
    });
  });
  it('are incidents from the first sign to the end, once for each id, and all of them in one file', async () => {
    const incidentId = crypto.randomUUID();
    const title = '=HYPERLINK("http://evil.example"), lost';
    const opened = await ask(o.openIncident, { incidentId, title, note: '', risk: 'unknown', reason: '' });
    expect(opened.body).toMatchObject({ incidentId, state: 'open', deadline: 'running' });
    expect((await ask(o.openIncident, { incidentId, title, risk: 'unknown' })).body.incidentId).toBe(incidentId);
    await ask(o.openIncident, { incidentId: crypto.randomUUID(), title: 'another', risk: 'none' });
    const authorityToldAt = new Date().toISOString();
    expect((await ask(o.noteIncident, { incidentId, persons: 0, authorityToldAt })).body).toMatchObject({ persons: 0 });
    const closed = await ask(o.closeIncident, { incidentId, outcome: 'authority-told', reason: 'told' });
    expect(closed.body).toMatchObject({ state: 'closed', deadline: 'kept' });
    expect((await ask(o.listIncidents, { state: 'open' })).body.incidents).toMatchObject([{ title: 'another' }]);
    const file = await wholeCsv((after: string | undefined) =>
      ask(o.listIncidents, { limit: 1, separator: ';', after }, { asCsv: true }),
    );
    const [head, ...rows] = String(file.body).trim().split('\r\n');
    expect(head).toMatch(/^tenantId;incidentId;title;/);
    expect(rows.map((row) => /another|'=HYPERLINK/.exec(row)?.[0]).sort()).toEqual(["'=HYPERLINK", 'another']);
  });
  it('are dollars and tokens that calls used, by day and model, also as a file', async () => {
    const day = new Date().toISOString().slice(0, 10);
    const range = { from: day, to: day };
    const byDay = await ask(o.readUsage, { ...range, by: 'day', kind: '', limit: 1000 });
    expect(byDay.body.rows).toMatchObject([{ kind: 'widget', day, sessions: 1, tokens: 1_500 }]);
    const byModel = await ask(o.readUsage, { ...range, by: 'model', limit: 100 });
    expect(byModel.body.rows).toMatchObject([{ model: expect.any(String), micros: byDay.body.totals.micros }]);
    const file = await wholeCsv((cursor: string | undefined) =>
      ask(o.readUsage, { ...range, by: 'model', separator: ',', cursor }, { asCsv: true }),
    );
    expect(String(file.body)).toContain(`,1500,${byDay.body.totals.micros}`);
  });
  it('are proofs: the log that the server exports is whole to the browser, and a bent line in it is found', async () => {
    const { keys } = (await ask(o.listReceiptKeys)).body;
    const lines: string[] = [];
    for (let from: unknown; from !== null; ) {
      const { body } = await ask(o.exportAudit, { filter: {}, from, requestId: 'export-1' });
      for (const line of body.lines) lines.push(JSON.stringify(line));
      from = body.next;
    }
    const verified = (text: string, tenantId = 'demo') =>
      verifyFile(new Blob([text]), { keys, forms: auditForms(), tenantId });
    const text = lines.join('\n');
    expect(await verified(text)).toMatchObject({ tenantId: 'demo', broken: null, entries: expect.any(Number) });
    expect(await verified(text, 'other')).toMatchObject({ not: 'other-tenant' });
    const bent = await verified(text.replace('"reason":"her request"', '"reason":"his request"'));
    expect(bent.broken).toMatchObject({ cause: 'changed' });
  });
});
