import { EndSessions, ReadTranscript } from '@vox/contracts';
import { stoppedClock } from '@vox/platform/time';
import { settled } from '@vox/testing';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Journey, openJourney, origin } from './journey.ts';

type Answer = Readonly<{ status: number; body: Record<string, never> }>;

describe('a batch of messages', () => {
  const clock = stoppedClock('2026-05-05T12:00:00.000Z');
  let journey: Journey;
  let call: { sm_session_id: string; session_token: string };
  beforeEach(async () => {
    journey = await openJourney({ clock });
    call = (await post('/api/session', { widgetKey: journey.widgetKey })).body as never;
  });
  afterEach(() => journey.close());

  async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const sent = { 'content-type': 'application/json', origin, ...headers };
    const answer = await fetch(journey.url + path, { method: 'POST', headers: sent, body: JSON.stringify(body) });
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  }
  const append = (messages: readonly unknown[]) =>
    post('/api/transcripts/append', { messages }, { authorization: `Bearer ${call.session_token}` });
  const said = (id: string, text: unknown, over: object = {}) => ({
    ...{ id, role: 'user', text, ts: clock.now().getTime() },
    ...over,
  });
  const kept = async (): Promise<string[]> => {
    await settled(journey.bus);
    const whose = { tenantId: 'demo', sessionId: call.sm_session_id, actor: 'operator:test', reason: 'a test' };
    return (await journey.bus.ask(ReadTranscript, whose)).messages.map(({ text }) => text);
  };

  const bad: readonly (readonly [string, unknown, string])[] = [
    ['too long', said('bad', 'x'.repeat(20_000)), 'text'],
    ['of nobody', said('bad', 'words', { role: 'system' }), 'role'],
    ['no text', said('bad', 7), 'text'],
    ['of no time', said('bad', 'words', { ts: 'yesterday' }), 'ts'],
    ['with a large meta', said('bad', 'words', { meta: { note: 'x'.repeat(9_000) } }), 'meta'],
  ];
  it.each(bad)('loses one message that is %s, which is named, and keeps the others', async (_what, message, field) => {
    const answer = await append([said('one', 'first'), message, said('two', 'last')]);
    expect(answer).toMatchObject({
      status: 202,
      body: { appended: 2, duplicates: 0, refused: [{ index: 1, id: 'bad', issues: [{ path: field }] }] },
    });
    expect(JSON.stringify(answer.body)).not.toContain('xxxx');
    expect(await kept()).toEqual(['first', 'last']);
    expect((await append([said('one', 'first'), message, said('two', 'last')])).body).toMatchObject({ duplicates: 2 });
  });
  it('names a message without an id, or with another form, by its place', async () => {
    for (const message of [said('ü', 'words'), 'words', null, []])
      expect((await append([message, said('one', 'first')])).body.refused).toEqual([
        { index: 0, issues: expect.arrayContaining([expect.objectContaining({ path: expect.any(String) })]) },
      ]);
  });
  it('is refused when none of it can be kept, and every mistake is named with its place', async () => {
    expect(await append([said('one', 7), said('ü', 'words')])).toMatchObject({
      status: 400,
      body: { code: 'INVALID_REQUEST', issues: [{ path: 'messages.0.text' }, { path: 'messages.1.id' }] },
    });
  });
  it('may hold half a character, which becomes U+FFFD, no text, or white space alone', async () => {
    const texts = ['a\ud83d', '\ude00b', 'c\ud83d\ude00', '', ' \n'];
    const answer = await append(texts.map((text, n) => said(`item_${n}`, text, { ts: clock.now().getTime() + n })));
    expect(answer).toMatchObject({ status: 202, body: { appended: 5 } });
    expect(answer.body).not.toHaveProperty('refused');
    expect(await kept()).toEqual(['a\ufffd', '\ufffdb', 'c😀', '', ' \n']);
  });
  it('is accepted with any text', async () => {
    const units = fc.array(fc.nat(0xffff), { maxLength: 40 }).map((all) => String.fromCharCode(...all));
    let n = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(units, { minLength: 1, maxLength: 5 }), async (texts) => {
        clock.advanceMs(5_000);
        const messages = texts.map((text) => said(`any_${n++}`, text, { meta: { word: text } }));
        expect(await append(messages)).toMatchObject({ status: 202, body: { appended: texts.length } });
      }),
      { numRuns: 30 },
    );
  });
  it('after the end of its call is accepted until the transcript is final', async () => {
    await append([said('one', 'first')]);
    await journey.bus.ask(EndSessions, { tenantId: 'demo', actor: 'test' });
    await settled(journey.bus);
    clock.advanceMs(20_000);
    expect(await append([said('two', 'written down later')])).toMatchObject({ status: 202, body: { appended: 1 } });
    expect(await kept()).toEqual(['first', 'written down later']);
    clock.advanceMs(300_000);
    await append([said('three', 'much later')]);
    expect(await kept()).toEqual(['first', 'written down later']);
  });
});
