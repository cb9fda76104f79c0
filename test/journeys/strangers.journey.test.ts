import { createHash } from 'node:crypto';
import { voxCommand } from '@vox/cli/commands';
import { type PrivacyRequestView, ReadTranscript } from '@vox/contracts';
import { demoDraft } from '@vox/local/demo-tenant';
import { settled } from '@vox/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Journey, openJourney, origin } from './journey.ts';

const tenantId = 'demo';
const text = 'What you say is kept for a while.';
const textHash = createHash('sha256').update(text).digest('hex');
const because = ['--reason', 'the person asked'];

describe('strangers', () => {
  let journey: Journey;
  let said: unknown[];
  beforeEach(async () => {
    const consent = { disclosure: false, transcripts: true, version: '1', text };
    const draft = { ...demoDraft, consent, country: 'AE' };
    journey = await openJourney({ limits: { openSessionsPerPerson: 9 }, draft });
  });
  afterEach(async () => {
    process.exitCode = 0;
    await journey.close();
  });

  async function vox(...args: string[]): Promise<unknown> {
    said = [];
    const asks = { ask: journey.bus.ask, actor: 'operator:test', requestId: `r${Math.random()}` };
    const operator = { ...asks, note: () => undefined };
    const command = voxCommand({ ...operator, say: (answer) => void said.push(answer), print: async () => undefined });
    await command.exitOverride().parseAsync(args, { from: 'user' });
    return said[0];
  }
  async function post(path: string, token: string, body: object) {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}`, origin };
    const answer = await fetch(journey.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: answer.status, body: (await answer.json()) as Record<string, string> };
  }
  async function visitor(): Promise<string> {
    const page = `${journey.url}/api/public/widget/bootstrap?key=${journey.widgetKey}`;
    return ((await (await fetch(page, { headers: { origin } })).json()) as { widgetSessionToken: string })
      .widgetSessionToken;
  }
  const consent = (token: string, subject: object) =>
    post('/api/consent', token, {
      ...{ purpose: 'transcripts', version: '1', locale: 'en', method: 'click', given: true },
      ...{ textHash, subject },
    });
  async function call(subject: object, words: string) {
    const token = await visitor();
    const given = await consent(token, subject);
    const { body } = await post('/api/session', token, { consent: [given.body.receipt] });
    const [session, sessionId] = [String(body.session_token), String(body.sm_session_id)];
    const beat = () => post('/api/heartbeat', session, { sm_session_id: sessionId });
    await beat();
    const messages = [{ id: 'm1', role: 'user', text: words, ts: Date.now() }];
    expect((await post('/api/transcripts/append', session, { messages })).status).toBe(202);
    await settled(journey.bus);
    return { sessionId, beat };
  }
  const textsOf = async (sessionId: string): Promise<string[]> => {
    const asked = { tenantId, sessionId, actor: 'operator:test', reason: 'a test' };
    return (await journey.bus.ask(ReadTranscript, asked)).messages.map((message) => message.text);
  };

  it('who give no number or address are told which field is wrong and what is wanted, without what they wrote', async () => {
    const token = await visitor();
    const odd = { phone: ['n/a', 'unknown', '-----', '+'], email: ['n/a', 'a@b', 'a@x.com, b@x.com', 'a\u200b@x.com'] };
    for (const [kind, values] of Object.entries(odd))
      for (const value of values) {
        const { status, body } = await consent(token, { [kind]: value });
        expect([status, body]).toMatchObject([400, { code: 'INVALID_REQUEST', issues: [{ path: `subject.${kind}` }] }]);
        if (value.length > 1) expect(JSON.stringify(body)).not.toContain(value);
      }
    await settled(journey.bus);
    expect(await journey.stores.consents.all(9)).toEqual([]);
  });

  it('are erased one by one: the call of one ends for privacy, the other goes on and is all there', async () => {
    const one = await call({ phone: '٠٥٠١٢٣٤٥٦٧', email: 'Ann@MÜNCHEN.de' }, 'the one');
    const other = await call({ phone: '٠٥٠٧٦٥٤٣٢١', email: 'ann+2@münchen.de' }, 'the other');
    const erased = await vox('subject', 'erase', tenantId, '--email', 'ann@xn--mnchen-3ya.de', ...because);
    expect(erased as PrivacyRequestView).toMatchObject({ state: 'done', matches: [{ kind: 'email', subjects: 1 }] });
    expect(await one.beat()).toMatchObject({ status: 403, body: { reason: 'privacy' } });
    await expect(textsOf(one.sessionId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await other.beat()).status).toBe(200);
    expect(await textsOf(other.sessionId)).toEqual(['the other']);
    expect(
      await vox('transcript', 'search', tenantId, '--phone', '0501234567', '--phone', '050 765 4321'),
    ).toMatchObject({
      transcripts: [{ sessionId: other.sessionId }],
      matches: [{ subjects: 0 }, { subjects: 1 }],
    });
  }, 30_000);

  it('of a tenant that does not exist are not looked for: every command names it, and no log of it begins', async () => {
    const id = '00000000-0000-4000-8000-000000000001';
    const key = 'w_nowhere_page_0123456789abcdef';
    const who = ['--email', 'ann@example.com'];
    for (const [noun, verb, ...rest] of [
      ['tenant', 'show'],
      ['tenant', 'suspend'],
      ['tenant', 'resume'],
      ['key', 'create', '--origin', 'https://shop.example', '--label', 'page'],
      ['key', 'rotate', key],
      ['key', 'revoke', key],
      ['session', 'list'],
      ['session', 'end', id],
      ['session', 'end-all'],
      ['session', 'end-all', '--key', key],
      ['kill-switch', 'engage'],
      ['kill-switch', 'release'],
      ['transcript', 'search'],
      ['transcript', 'search', ...who],
      ['transcript', 'read', id, ...because],
      ['subject', 'link', id, ...who],
      ['subject', 'erase', ...who, ...because],
      ['subject', 'requests'],
      ['retention', 'preview'],
      ['retention', 'receipts', 'usage'],
      ['hold', 'place', '--whole-tenant', ...because],
      ['hold', 'place', ...who, ...because],
      ['hold', 'release', id],
      ['hold', 'list'],
      ['audit', 'list'],
      ['audit', 'export'],
      ['audit', 'verify'],
    ] as const) {
      const run = vox(noun, verb, 'nowhere', ...rest);
      const issues = [{ path: 'tenantId', message: 'there is no tenant nowhere' }];
      await expect(run, `${noun} ${verb}`).rejects.toMatchObject({ code: 'NOT_FOUND', answer: { issues } });
    }
    await settled(journey.bus);
    expect((await journey.stores.auditLog.head('nowhere')).sequence).toBe(0);
    expect(
      journey.bus.published().filter(({ data }) => (data as { tenantId?: string }).tenantId === 'nowhere'),
    ).toEqual([]);
  }, 60_000);
});
