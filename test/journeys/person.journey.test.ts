import { createHash } from 'node:crypto';
import {
  ErasureReceipt,
  ExportReceipt,
  LinkSubject,
  ListReceiptKeys,
  OpenPrivacyRequest,
  ReadExport,
  ReadTranscript,
  ShowPrivacyRequest,
  VerifyAudit,
} from '@vox/contracts';
import { demoDraft } from '@vox/local/demo-tenant';
import { readReceipt } from '@vox/platform/crypto';
import { settled } from '@vox/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Journey, openJourney, origin } from './journey.ts';

const email = 'ann.canary@example.com';
const by = { actor: 'operator:test', reason: 'the person asked', requestId: 'r1' };
const tenantId = 'demo';
const text = 'What you say is kept for a while.';

describe('a person, from the first word to erasure,', () => {
  let journey: Journey;
  let fixture: Journey['fixture'];
  let bus: Journey['bus'];
  let stores: Journey['stores'];
  let visitor: string;
  beforeEach(async () => {
    const consent = { disclosure: false, transcripts: true, version: '1', text };
    journey = await openJourney({ limits: { openSessionsPerPerson: 9 }, draft: { ...demoDraft, consent } });
    const { widgetKey } = journey;
    ({ fixture, bus, stores } = journey);
    const boot = await fetch(`${fixture.url}/api/public/widget/bootstrap?key=${widgetKey}`, { headers: { origin } });
    visitor = ((await boot.json()) as { widgetSessionToken: string }).widgetSessionToken;
  });
  afterEach(() => journey.close());

  async function post(path: string, token: string, body: object) {
    const headers = { origin, 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const answer = await fetch(fixture.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: answer.status, body: (await answer.json()) as Record<string, string> };
  }
  const consent = (given: boolean) =>
    post('/api/consent', visitor, {
      ...{ purpose: 'transcripts', version: '1', locale: 'en', method: 'click', given },
      textHash: createHash('sha256').update(text).digest('hex'),
    });
  const say = (token: string, id: string, words: string) =>
    post('/api/transcripts/append', token, { messages: [{ id, role: 'user', text: words, ts: Date.now() }] });
  const done = async (privacyRequestId: string) => {
    await expect
      .poll(async () => (await bus.ask(ShowPrivacyRequest, { tenantId, privacyRequestId })).state, { timeout: 10_000 })
      .toBe('done');
    return bus.ask(ShowPrivacyRequest, { tenantId, privacyRequestId });
  };
  async function everywhere(): Promise<string> {
    const documents = Object.values(stores).filter((store) => 'all' in store) as {
      all: (n: number) => Promise<unknown>;
    }[];
    const log = [];
    for await (const entry of stores.auditLog.entries(tenantId)) log.push(entry);
    const kept = await Promise.all(documents.map((store) => store.all(9_999)));
    return JSON.stringify([kept, log, bus.published(), bus.deadLetters()]);
  }

  it('withdraws consent, gets an export, is erased, no card is kept, and each step is proved', async () => {
    const given = await consent(true);
    const { body: call } = await post('/api/session', visitor, { consent: [given.body.receipt] });
    const session = String(call.session_token);
    const sessionId = String(call.sm_session_id);
    await say(session, 'm1', 'My card is four one one one, one one one one, one one one one, one one one one, thanks.');
    await settled(bus);
    await bus.ask(LinkSubject, { ...by, tenantId, sessionId, identifiers: [{ kind: 'email', value: email }] });
    expect((await consent(false)).status).toBe(200);
    expect((await say(session, 'm2', 'this is not kept')).status).toBe(403);
    await post('/api/session/end', session, { sm_session_id: sessionId });
    await settled(bus);
    const { messages } = await bus.ask(ReadTranscript, { ...by, tenantId, sessionId });
    expect(messages.map((each) => each.text)).toEqual([expect.stringContaining('[REDACTED:card]')]);
    expect(await everywhere()).not.toMatch(/one one one|4111 1111|not kept/);

    const identifiers = [{ kind: 'email', value: 'Ann.Canary@Example.com' } as const];
    const open = (kind: 'export' | 'erase') => bus.ask(OpenPrivacyRequest, { ...by, tenantId, kind, identifiers });
    const exported = await done((await open('export')).privacyRequestId);
    const archive = await bus.ask(ReadExport, {
      ...by,
      tenantId,
      privacyRequestId: exported.privacyRequestId,
      part: 0,
    });
    const { keys } = await bus.ask(ListReceiptKeys, {});
    const find = (kid: string) => keys.find((key) => key.kid === kid);
    const proof = await readReceipt(ExportReceipt, exported.receipt ?? '', find);
    expect(proof.says.sha256).toBe(createHash('sha256').update(Buffer.from(archive.bytes, 'base64')).digest('hex'));
    expect(Object.fromEntries(exported.evidence.map(({ step, count }) => [step, count]))).toMatchObject({
      ...{ find: 1, 'session-broker': 1, quota: 1 },
    });

    const erased = await done((await open('erase')).privacyRequestId);
    await settled(bus);
    const erasure = await readReceipt(ErasureReceipt, erased.receipt ?? '', find);
    expect(erasure.says.sessionIds).toEqual([sessionId]);
    const left = await everywhere();
    for (const canary of [email, 'ann.canary', subjectOf(visitor)]) expect(left.includes(canary), canary).toBe(false);
    await expect(bus.ask(ReadTranscript, { ...by, tenantId, sessionId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await bus.ask(VerifyAudit, { tenantId }, { timeoutMs: 10_000 })).broken).toBeNull();
  }, 60_000);
});

/** The visitor that a widget token names. */
const subjectOf = (token: string): string =>
  (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sub: string }).sub;
