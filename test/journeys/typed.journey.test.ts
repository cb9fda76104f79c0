import { demoDraft } from '@vox/local/demo-tenant';
import { settled, someOffer } from '@vox/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Journey, openJourney, origin } from './journey.ts';

const card = '4111 1111 1111 1111';

describe('what a visitor types into a brokered call, through every service,', () => {
  let journey: Journey;
  let reading: AbortController;
  beforeEach(async () => {
    reading = new AbortController();
    journey = await openJourney({ draft: { ...demoDraft, calls: 'both', captions: true } });
    await simulator('PUT', '/settings', { media: 'none', connectMs: 3_600_000 });
    await simulator('PUT', '/conversation', { turnMs: 0 });
  });
  afterEach(async () => {
    reading.abort();
    await journey.close();
  });

  const simulator = (method: string, path: string, body: object) =>
    fetch(`${journey.fixture.providerUrl}/simulator${path}`, {
      ...{ method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    });
  async function post(path: string, body: object, token?: string) {
    const headers = { 'content-type': 'application/json', origin, ...(token && { authorization: `Bearer ${token}` }) };
    const answer = await fetch(journey.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: answer.status, body: (await answer.json()) as Record<string, string> };
  }
  async function start(over: object) {
    const { body } = await post('/api/session', { widgetKey: journey.widgetKey, ...over });
    const token = String(body.session_token);
    return {
      ...body,
      id: body.id,
      token,
      say: (text: unknown) => post('/api/session/say', { sm_session_id: body.id, text }, token),
    };
  }
  /** The captions of a call, as its page hears them. */
  async function captionsOf(token: string) {
    const headers = { authorization: `Bearer ${token}`, origin };
    const answer = await fetch(`${journey.url}/api/session/events`, { headers, signal: reading.signal });
    let text = '';
    const read = async () => {
      for await (const part of answer.body ?? []) text += Buffer.from(part).toString();
    };
    void read().catch(() => undefined);
    return () => [...text.matchAll(/^event: caption\ndata: (.+)$/gm)].map(([, data]) => JSON.parse(data ?? ''));
  }
  const soon = { timeout: 8_000 };
  const said = () =>
    journey.bus
      .published()
      .filter(({ type }) => type === 'vox.transcript.appended.v1')
      .map(({ data }) => JSON.stringify(data));

  it('is answered, captioned and kept as what is spoken is, with cards cut out of it', async () => {
    const call = await start({ offer: someOffer });
    expect(call).toMatchObject({ typing: true });
    const captions = await captionsOf(call.token);
    expect(await call.say(`Hello, my card is ${card}.`)).toMatchObject({ status: 200, body: { ok: true } });
    await vi.waitFor(
      () => expect(captions().map(({ role }) => role)).toEqual(expect.arrayContaining(['user', 'assistant'])),
      soon,
    );
    const typed = captions().find(({ text }) => text.startsWith('Hello, my card is'));
    expect(typed).toMatchObject({ role: 'user', final: true });
    await settled(journey.bus);
    expect(said().filter((each) => each.includes('Hello, my card is'))).toHaveLength(1);
    expect(JSON.stringify([said(), captions()])).not.toMatch(/4111/);
    const others = journey.bus.published().filter(({ type }) => !type.startsWith('vox.transcript.'));
    expect(JSON.stringify(others)).not.toContain('Hello, my card is');
  });
  it('is bounded, limited by its call, and for a brokered call that lives alone', async () => {
    const call = await start({ offer: someOffer });
    for (const text of ['', ' \n', 'x'.repeat(1_001), 'a\u0000b', 7, undefined])
      expect(await call.say(text)).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    expect(await post('/api/session/say', { sm_session_id: call.id, text: 'Hi' })).toMatchObject({ status: 401 });
    const direct = await start({});
    expect(direct).not.toHaveProperty('typing');
    expect(await direct.say('Hi')).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    await post('/api/session/end', { sm_session_id: call.id }, call.token);
    expect(await call.say('Hi')).toMatchObject({ status: 403, body: { code: 'SESSION_ENDED' } });
    const many = await Promise.all(Array.from({ length: 130 }, () => call.say(' ')));
    expect(many.map(({ status }) => status)).toContain(429);
  });
});
