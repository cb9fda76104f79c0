import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openProvider, type Provider, watchCall } from './provider.fixture.ts';

let at: Provider;
beforeEach(async () => {
  at = await openProvider();
});
afterEach(() => at.close());
const read = async (path: string) => (await at.say('GET', path)).json() as Promise<Record<string, unknown>>;

describe('the control of the simulated provider', () => {
  it('sets what each turn of a call uses, and a call goes on as it began', async () => {
    const turn = { textIn: 10, audioIn: 20, cachedIn: 0, textOut: 3, audioOut: 4 };
    await at.say('PUT', '/conversation', {
      turnUsages: [turn, { ...turn, imageIn: 500 }],
      transcriptionUsages: [
        { type: 'duration', seconds: 2.5 },
        { type: 'tokens', textIn: 1, audioIn: 2, textOut: 3 },
      ],
    });
    const id = await at.call();
    await at.say('PUT', '/conversation', {});
    const events = [{ type: 'response.create' }, { type: 'response.create' }, { type: 'response.create' }];
    await at.say('POST', `/calls/${id}/browser`, { events });
    const { responses, transcriptions } = at.account(id);
    expect(responses.map(({ usage }) => (usage as { total_tokens: number }).total_tokens)).toEqual([37, 537, 37]);
    expect(transcriptions.map(({ usage }) => usage)).toEqual([
      { type: 'duration', seconds: 2.5 },
      expect.objectContaining({ type: 'tokens', total_tokens: 6, input_tokens: 3, output_tokens: 3 }),
      { type: 'duration', seconds: 2.5 },
    ]);
  });
  it('sends the events that a test gives it to every sideband, and bills them', async () => {
    const id = await at.call();
    const [one, other] = [await watchCall(at, id), await watchCall(at, id)];
    const response = { id: 'resp_1', usage: { total_tokens: 7 } };
    const sent = await at.say('POST', `/calls/${id}/events`, {
      events: [
        { type: 'response.done', response },
        { type: 'rate_limits.updated', afterMs: 20 },
      ],
    });
    expect(sent.status).toBe(200);
    for (const { types } of [one, other])
      await expect.poll(types).toEqual(['session.created', 'response.done', 'rate_limits.updated']);
    expect(one.heard[1]).toMatchObject({ event_id: expect.stringMatching(/^event_/), response });
    expect((await read(`/books/${id}`)).responses).toEqual([response]);
  });
  it('shows the books of all calls, and one call with its configuration', async () => {
    const ids = [await at.call(), await at.call()];
    const { calls } = (await read('/books')) as { calls: { id: string }[] };
    expect(calls.map(({ id }) => id)).toEqual(ids);
    expect(await read(`/calls/${ids[0]}`)).toMatchObject({
      ...{ connected: true, sidebands: 0, offered: { channel: true, video: false } },
      session: { model: 'gpt-realtime-2.1', instructions: 'Be brief.' },
    });
    expect(await read('/state')).toMatchObject({ calls: 2, open: 2, sidebands: 0 });
    for (const path of ['/books/rtc_unknown', '/calls/rtc_unknown'])
      expect((await at.say('GET', path)).status).toBe(404);
    await at.say('DELETE', '/calls');
    expect(await read('/state')).toMatchObject({ calls: 2, open: 0 });
  });
  it.each([
    ['PUT', '/settings', { media: 'smoke' }],
    ['PUT', '/settings', { unheardOf: 1 }],
    ['PUT', '/conversation', { turnUsages: [] }],
    ['POST', '/faults', { fault: { kind: 'melts' } }],
  ])('refuses what there is not: %s %s %j', async (method, path, body) => {
    expect((await at.say(method, path, body)).status).toBe(400);
  });
});
