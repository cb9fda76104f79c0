import { PutTenant, ReadTranscript, SearchTranscripts, TranscriptAppended } from '@vox/contracts';
import { demoDraft } from '@vox/local/demo-tenant';
import { Fault } from '@vox/platform/fault';
import { stoppedClock } from '@vox/platform/time';
import { settled } from '@vox/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Journey, openJourney, origin } from './journey.ts';

const actor = 'operator:test';

describe('a transcript, from the page to the operator,', () => {
  const clock = stoppedClock('2026-05-05T12:00:00.000Z');
  let journey: Journey;
  let fixture: Journey['fixture'];
  let bus: Journey['bus'];
  let lost: boolean;
  let widgetKey: string;
  let call: { sm_session_id: string; session_token: string; transcripts: boolean };
  beforeEach(async () => {
    lost = false;
    journey = await openJourney({
      clock,
      between: ({ publish }) => ({
        publish: async (...fact) => {
          if (lost) throw new Fault('UNAVAILABLE');
          return publish(...fact);
        },
      }),
    });
    ({ fixture, bus, widgetKey } = journey);
    call = (await post('/api/session', { widgetKey })).body as never;
  });
  afterEach(() => journey.close());

  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(fixture.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, ...headers },
      body: JSON.stringify(body),
    });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, never> };
  };
  const bearer = () => ({ authorization: `Bearer ${call.session_token}` });
  const said = (id: string, text: string, over: object = {}) => ({
    id,
    role: 'user',
    text,
    ts: clock.now().getTime(),
    ...over,
  });
  const append = (...messages: object[]) => post('/api/transcripts/append', { messages }, bearer());
  const facts = () =>
    bus.published().filter(({ type }) => type.startsWith(TranscriptAppended.name)) as { data: { text: string } }[];
  const read = async () => {
    const whose = { tenantId: 'demo', sessionId: call.sm_session_id };
    return (await bus.ask(ReadTranscript, { ...whose, actor, reason: 'a test' })).messages;
  };

  it('is accepted, counts its duplicates, and is read back in order', async () => {
    expect(call.transcripts).toBe(true);
    const messages = [said('b', 'second', { ts: clock.now().getTime() + 5 }), said('a', 'first')];
    expect(await append(...messages)).toMatchObject({ status: 202, body: { ok: true, appended: 2, duplicates: 0 } });
    expect((await append(...messages, said('c', 'third', { ts: '2026-05-05T14:30:00+02:00' }))).body).toEqual({
      ok: true,
      appended: 1,
      duplicates: 2,
    });
    const beacon = { sm_session_id: call.sm_session_id, authToken: call.session_token, messages: [said('d', 'last')] };
    expect(await post('/api/transcripts/append', beacon, { 'content-type': 'text/plain' })).toMatchObject({
      status: 202,
      headers: expect.anything(),
      body: { appended: 1 },
    });
    expect((await post('/api/transcripts/finalize', {}, bearer())).body).toEqual({ ok: true });
    await settled(bus);
    expect((await read()).map(({ text }) => text)).toEqual(['first', 'last', 'second', 'third']);
    const found = await bus.ask(SearchTranscripts, { tenantId: 'demo' });
    expect(found.transcripts).toMatchObject([{ sessionId: call.sm_session_id, messages: 4, complete: true }]);
  });
  it('holds no digit of a card on the bus, over batches, in text, tool arguments or metadata', async () => {
    await append(said('1', 'my card is 4111 1111 1111 1111, thank you'));
    await append(said('2', 'the other is five five five five'));
    await append(said('3', 'please go on', { role: 'assistant' }), said('4', '5555 5555'));
    await append(said('5', '5555 4444'));
    await append(
      said('6', 'pay', { role: 'tool', meta: { name: 'pay', arguments: { number: '378282246310005', cvc: '123' } } }),
    );
    const text = JSON.stringify(
      facts().map(({ data: { text: words, ...rest } }) => [words, (rest as { meta?: unknown }).meta]),
    );
    expect(text).not.toMatch(/4111|1111|5555|4444|3782|0005/);
    expect(text).toContain('my card is [REDACTED:card], thank you');
    await settled(bus);
    expect(JSON.stringify(await read())).not.toMatch(/4111|1111|5555|4444|3782|0005/);
    expect(bus.published().filter(({ type }) => type.startsWith('vox.privacy.source-slipped'))).toEqual([]);
  });
  it('is refused with a time to wait while the bus is down, and the same batch is then kept once', async () => {
    const batch = [said('1', 'hello'), said('2', 'it is 4111 1111'), said('3', '1111 1111')];
    lost = true;
    const refused = await append(...batch);
    expect(refused).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    lost = false;
    expect((await append(...batch)).body).toMatchObject({ appended: 3, duplicates: 0 });
    // The answer was lost, so the page sends the batch again.
    const words = facts().map(({ data }) => data.text);
    clock.advanceMs(121_000);
    expect((await append(...batch)).body).toMatchObject({ appended: 3 });
    expect(facts().map(({ data }) => data.text)).toEqual([...words, ...words]);
    await settled(bus);
    expect(await read()).toHaveLength(3);
  });
  it('is refused from another session, from a stranger, with an unknown role, or past the bounds', async () => {
    const one = said('1', 'x');
    const other = '6f9619ff-8b86-4d11-b42d-00c04fc964ff';
    const status = async (body: object, headers: Record<string, string> = bearer()) =>
      (await post('/api/transcripts/append', body, headers)).status;
    expect(await status({ sm_session_id: other, messages: [one] })).toBe(404);
    expect(await status({ messages: [one] }, {})).toBe(401);
    expect(await status({ messages: [] })).toBe(400);
    for (const wrong of [
      { role: 'system' },
      { id: 'a b' },
      { id: 'x'.repeat(129) },
      { text: 'x'.repeat(16_385) },
      { ts: -1 },
      { ts: 'yesterday' },
      { meta: [] },
      { meta: { a: 'x'.repeat(9_000) } },
      { meta: JSON.parse('{"__proto__":{"a":1}}') },
      { meta: JSON.parse(`${'{"a":'.repeat(12)}1${'}'.repeat(12)}`) },
    ])
      expect([wrong, await status({ messages: [{ ...one, ...wrong }] })]).toEqual([wrong, 400]);
    const many = (count: number, text: string) => Array.from({ length: count }, (_, n) => said(`m${n}`, text));
    expect(await status({ messages: many(251, 'x') })).toBe(400);
    expect(await status({ messages: many(250, 'x'.repeat(900)) })).toBe(202);
    expect(await status({ messages: many(250, 'x'.repeat(1_100)) })).toBe(413);
    expect(facts()).toHaveLength(250);
  });
  it('takes more than one batch a second only in a burst', async () => {
    const answers = [];
    for (let n = 0; n < 125; n += 1) answers.push((await append(said(`m${n}`, 'x'))).status);
    expect(answers.filter((status) => status === 202)).toHaveLength(120);
    expect(answers.at(-1)).toBe(429);
  });
  it('is kept nowhere when the tenant keeps nothing', async () => {
    await bus.ask(PutTenant, { draft: { ...demoDraft, retention: { transcripts: 0 } }, actor: 'operator:test' });
    await settled(bus);
    expect(await append(said('1', 'hello'))).toMatchObject({ status: 202, body: { appended: 0, duplicates: 0 } });
    expect(facts()).toEqual([]);
    expect((await post('/api/session', { widgetKey })).body.transcripts).toBe(false);
  });
});
