import { randomUUID } from 'node:crypto';
import { consumers, EndSessionByAdmin, ListAudit } from '@vox/contracts';
import { demoDraft } from '@vox/local/demo-tenant';
import { type Outcome, reject } from '@vox/platform/bus';
import { settled } from '@vox/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Journey, openJourney, origin } from './journey.ts';
import { busMistakes, voxOn } from './vox-operations.ts';

const words = 'canary-words-92f';
/** What the meter of quota answers to the end of a call. */
let metered: Outcome = 'ack';
let journey: Journey;
let sessionId: string;
let visitorId: string;
const vox = (...args: string[]) => voxOn(journey.bus, args);
const rows = async (...args: string[]) => (await vox(...args)).said as readonly Record<string, unknown>[];

async function post(path: string, body: object, headers: Record<string, string> = {}) {
  const sent = { 'content-type': 'application/json', origin, ...headers };
  const answer = await fetch(journey.url + path, { method: 'POST', headers: sent, body: JSON.stringify(body) });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
}
async function startCall() {
  const { body } = await post('/api/session', { widgetKey: journey.widgetKey });
  return { id: String(body.sm_session_id), bearer: { authorization: `Bearer ${body.session_token}` } };
}

beforeAll(async () => {
  journey = await openJourney({
    draft: { ...demoDraft, calls: 'both' },
    limits: { sessionStartsPerMinute: 100, openSessionsPerPerson: 100 },
    between: (bus) => ({
      consume: (consumer, handle) =>
        bus.consume(consumer, async (fact, delivery) =>
          consumer.name === consumers.quotaEnds.name && metered !== 'ack' ? metered : handle(fact, delivery),
        ),
    }),
  });
  const { id, bearer } = await startCall();
  sessionId = id;
  const messages = [{ id: 'm1', role: 'user', text: words, ts: new Date().toISOString() }];
  expect((await post('/api/transcripts/append', { messages }, bearer)).status).toBe(202);
  metered = reject('data: the meter is broken');
  await journey.bus.ask(EndSessionByAdmin, {
    tenantId: 'demo',
    sessionId,
    actor: 'operator:ada',
    reason: 'a complaint',
  });
  await vi.waitFor(() => expect(journey.bus.deadLetters()).toHaveLength(1), { timeout: 5_000 });
  metered = 'ack';
  await settled(journey.bus);
  const asked = journey.bus.published().find(({ type }) => type === 'vox.session.requested.v1');
  visitorId = (asked as unknown as { data: { identity: { visitorId: string } } }).data.identity.visitorId;
});
afterAll(() => journey.close());

describe('vox facts, on a running installation,', () => {
  it('shows the facts of a call in their order, with what led to each, and neither words nor the person', async () => {
    const { printed } = await vox('facts', 'show', '--session', sessionId, '--follow-causes');
    const names = printed.split('\n').flatMap((line) => /^\d{4}-\S+ {2}(\S+)/.exec(line)?.[1] ?? []);
    expect(names[0]).toBe('session.requested');
    expect(names).toEqual(expect.arrayContaining(['quota.reserved', 'session.admitted', 'session.granted']));
    expect(names).toContain('session.ended');
    expect(printed).toMatch(/session\.granted .*\n {4}← session\.admitted .*\n {4}← session\.requested /);
    expect(printed).toMatch(/session\.ended .*reason=admin.*\n {4}← security\.acted /);
    for (const canary of [words, visitorId]) expect(printed).not.toContain(canary);
  });
  it('filters by tenant, kind, time and number, as text and as JSON on each line', async () => {
    const { printed } = await vox('facts', 'show', '--tenant', 'demo', '--kind', 'session.granted', '--json');
    const [first] = printed
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(first).toMatchObject({
      name: 'vox.session.granted',
      tenantId: 'demo',
      sessionId,
      data: { agentId: 'guide' },
    });
    expect((await vox('facts', 'show', '--tenant', 'nobody')).notes.join()).toMatch(/^no such fact was stored from/);
    expect((await vox('facts', 'show', '--to', '2026-01-01')).printed).toBe('');
    const { notes, printed: one } = await vox('facts', 'show', '--limit', '1');
    expect([one.trim().split('\n').length, notes]).toEqual([1, [expect.stringMatching(/^there are more: --from 2/)]]);
  });
  it('tails what was stored since a moment and then what comes, and of what is said the header alone', async () => {
    const ending = new AbortController();
    const running = voxOn(journey.bus, ['facts', 'tail', '--tenant', 'demo', '--from', '2026-01-01'], ending.signal);
    const { id, bearer } = await startCall();
    const messages = [{ id: 'm2', role: 'user', text: words, ts: new Date().toISOString() }];
    expect((await post('/api/transcripts/append', { messages }, bearer)).status).toBe(202);
    await settled(journey.bus);
    ending.abort();
    const { printed, code } = await running;
    expect(printed).toMatch(new RegExp(`transcript\\.appended +demo ${id} {2}\\(header alone; \\d+ bytes\\)`));
    expect(printed.match(new RegExp(`session\\.granted +demo ${sessionId}`, 'g'))).toHaveLength(1);
    expect(printed.match(new RegExp(`session\\.granted +demo ${id}`, 'g'))).toHaveLength(1);
    expect([printed.includes(words), code]).toEqual([false, 0]);
  });
});

describe('vox why, on a running installation,', () => {
  it('tells one story of a call: checks, decision, timings, who ended it, and what the audit log has besides', async () => {
    const { printed, said } = await vox('why', sessionId);
    expect(said).toBeUndefined();
    expect(printed).toMatch(
      new RegExp(`^Call ${sessionId} of demo is over\\.\nDecision: granted by session-broker, \\d+ ms`),
    );
    for (const service of ['edge-guard', 'quota', 'session-broker'])
      expect(printed).toMatch(new RegExp(`^ {2}${service} +passed `, 'm'));
    expect(printed).toMatch(/operator:ada +session\.order-end .*reason=a complaint/);
    expect(printed).toContain('Transcript: 1 messages are kept.');
    for (const canary of [words, visitorId]) expect(printed).not.toContain(canary);
    const { entries } = await journey.bus.ask(ListAudit, { tenantId: 'demo', actor: 'operator:test' });
    expect(entries.map(({ reason }) => reason)).toContain(`vox why ${sessionId}`);
  });
  it('says of a denial who denied it and why', async () => {
    const { body } = await post('/api/session', { widgetKey: journey.widgetKey, model: 'gpt-realtime-nonesuch' });
    await settled(journey.bus);
    const denied = journey.bus.published().find(({ type }) => type === 'vox.session.denied.v1');
    expect(body).toHaveProperty('code');
    const id = (denied?.data as { sessionId: string } | undefined)?.sessionId ?? '';
    expect((await vox('why', id, '--json')).said).toMatchObject({
      ...{ id, tenantId: 'demo', state: 'denied' },
      decision: { outcome: 'denied', by: expect.any(String), reason: expect.stringMatching(/model/) },
    });
  });
  it('finds what an operator did by the request of it, and says where to look when nothing is known', async () => {
    const requestId = 'ticket-4711';
    const asked = { tenantId: 'demo', sessionId, actor: 'operator:ada', requestId };
    await journey.bus.ask(EndSessionByAdmin, asked);
    await settled(journey.bus);
    expect((await vox('why', requestId)).printed).toMatch(
      /^ticket-4711 of demo\n\nWhat happened:\n.*operator:ada +session\.order-end/s,
    );
    const { sentences, code } = await vox('why', randomUUID());
    expect(sentences.join('\n')).toMatch(
      /^no fact knows .*\na request that edge-guard refused .*\nwhat is older than a week/,
    );
    expect(code).toBe(1);
  });
});

describe('vox dead, on a running installation,', () => {
  it('lists and shows what was given up, delivers it again once it is mended, and the audit log has who and why', async () => {
    const [letter] = await rows('dead', 'list', '--tenant', 'demo');
    expect(letter).toMatchObject({
      ...{ consumer: 'quota-ends', name: 'session.ended', tenantId: 'demo', sessionId, deliveries: 1 },
      cause: 'data: the meter is broken',
    });
    const place = String(letter?.letter);
    const { said } = await vox('dead', 'show', place);
    expect(said).toMatchObject({ stream: 'VOX_CALLS', fact: { source: 'session-broker', data: { reason: 'admin' } } });
    expect(JSON.stringify(said)).not.toContain(visitorId);
    metered = 'retry';
    const again = await vox('dead', 'replay', place, '--reason', 'is it mended?');
    expect(again).toMatchObject({ code: 1, said: [{ letter: letter?.letter, outcome: 'again' }] });
    metered = 'ack';
    const done = await vox('dead', 'replay', '--consumer', 'quota-ends', '--reason', 'quota is mended');
    expect(done).toMatchObject({ code: 0, said: [{ outcome: 'done' }], notes: ['1 of 1 letters were done.'] });
    await settled(journey.bus);
    expect(await rows('dead', 'list')).toEqual([]);
    expect(journey.bus.published().some(({ id }) => id === `settled:${sessionId}`)).toBe(true);
    const { entries } = await journey.bus.ask(ListAudit, { tenantId: '_platform', actor: 'operator:test' });
    const acts = entries
      .filter(({ action }) => action === 'dead-letter.replay')
      .map(({ actor, reason }) => [actor, reason]);
    expect(acts).toEqual([
      ['operator:test', 'is it mended?'],
      ['operator:test', 'quota is mended'],
    ]);
  });
  it('drops letters in batches, never what was not asked for, and shows no byte that is no fact', async () => {
    const poison = new TextEncoder().encode(words);
    for (let n = 0; n < 7; n += 1) journey.bus.inject(`vox.session.ended.demo.${randomUUID()}`, poison);
    // Four consumers hear of an end.
    await vi.waitFor(() => expect(journey.bus.deadLetters().length).toBeGreaterThan(20), { timeout: 5_000 });
    await settled(journey.bus);
    const all = await rows('dead', 'list');
    const place = String(all[0]?.letter);
    const { said } = await vox('dead', 'show', place);
    expect(said).toMatchObject({ fact: null, cause: 'body: not JSON in UTF-8', sizeBytes: words.length });
    expect(JSON.stringify(said)).not.toContain(words);
    const one = await vox('dead', 'drop', place, '--reason', 'a test');
    expect(one).toMatchObject({ code: 0, said: [{ letter: Number(place), outcome: 'dropped' }] });
    expect(await rows('dead', 'list')).toEqual(all.slice(1));
    expect(await rows('dead', 'drop', '--all', '--reason', 'a test')).toHaveLength(all.length - 1);
    expect(journey.bus.deadLetters()).toEqual([]);
  });
});

describe('vox lag, streams, sessions and drain, on a running installation,', () => {
  it('show how far behind consumers are and how full streams are', async () => {
    const lag = await rows('lag', '--service', 'quota');
    expect(lag.map(({ consumer }) => consumer).sort()).toEqual([
      ...['quota-denials', 'quota-ends', 'quota-meter', 'quota-reports', 'quota-requests'],
    ]);
    const streams = await rows('streams');
    expect(streams.find(({ stream }) => stream === 'VOX_CALLS')).toMatchObject({ ageMaxSeconds: 604_800 });
    expect(streams.map(({ stream }) => stream)).toContain('VOX_DEAD');
  });
  it('list the live calls of every tenant, without their persons', async () => {
    const { id } = await startCall();
    const calls = await rows('sessions');
    expect(calls.find((each) => each.sessionId === id)).toMatchObject({ tenantId: 'demo', kind: 'widget' });
    expect(JSON.stringify(calls)).not.toContain('visitorId');
    expect(await rows('sessions', '--kind', 'console')).toEqual([]);
    expect((await vox('sessions', '--tenant', 'nobody')).sentences).toEqual(['there is no tenant nobody.']);
  });
  it('say that an all-in-one has no copies to drain', async () => {
    const { sentences, code } = await vox('drain', 'quota', '--all', '--reason', 'a test');
    expect([code, sentences]).toEqual([1, [expect.stringMatching(/^no copy of quota answers: is it running\?/)]]);
  });
});

describe('a mistake on the command line of whoever operates VOX', () => {
  it.each(busMistakes)('in %j ends the command with 2, before anything is done', async (args, said) => {
    const { sentences, code } = await vox(...args);
    expect(sentences.join('\n')).toMatch(said);
    expect(code).toBe(2);
  });
});
