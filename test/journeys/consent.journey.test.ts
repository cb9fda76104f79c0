import { createHash } from 'node:crypto';
import { demoDraft } from '@vox/local/demo-tenant';
import { stoppedClock } from '@vox/platform/time';
import { settled } from '@vox/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Journey, openJourney, origin } from './journey.ts';

type Answer = Readonly<{ status: number; body: Record<string, never> }>;

describe('a visitor of a tenant that demands disclosure and consent', () => {
  const clock = stoppedClock('2026-05-05T12:00:00.000Z');
  let journey: Journey;
  let fixture: Journey['fixture'];
  let bus: Journey['bus'];
  let widgetKey: string;
  let visitor: string;
  const consent = { disclosure: true, transcripts: true, version: '7', text: 'We keep what you say for a week.' };

  beforeEach(async () => {
    const limits = { openSessionsPerPerson: 9 };
    journey = await openJourney({ clock, limits, ceiling: { openSessions: 100 }, draft: { ...demoDraft, consent } });
    ({ fixture, bus, widgetKey } = journey);
    visitor = String((await bootstrap()).body.widgetSessionToken);
  });
  afterEach(() => journey.close());

  async function bootstrap(): Promise<Answer> {
    const answer = await fetch(`${fixture.url}/api/public/widget/bootstrap?key=${widgetKey}`, { headers: { origin } });
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  }
  async function post(path: string, body: object, token = visitor): Promise<Answer> {
    const headers = { origin, 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const answer = await fetch(fixture.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  }
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const answering = (purpose: string, over: object = {}) => ({
    purpose,
    version: '7',
    textHash: sha256(purpose === 'transcripts' ? consent.text : demoDraft.disclosure),
    locale: 'en',
    method: 'click',
    given: true,
    ...over,
  });
  const receiptFor = async (purpose: string, over: object = {}): Promise<string> =>
    String((await post('/api/consent', answering(purpose, over))).body.receipt);
  const both = async () => [await receiptFor('ai-disclosure', { method: 'shown' }), await receiptFor('transcripts')];

  it('learns what is demanded, and gets a call after answering', async () => {
    expect((await bootstrap()).body.consent).toMatchObject([
      { purpose: 'ai-disclosure', version: '7', text: demoDraft.disclosure },
      { purpose: 'transcripts', version: '7', text: consent.text, textHash: sha256(consent.text) },
    ]);
    expect(await post('/api/session', {})).toMatchObject({
      status: 403,
      body: { code: 'CONSENT_REQUIRED', purposes: ['ai-disclosure', 'transcripts'] },
    });
    const [shown = '', given = ''] = await both();
    expect((await post('/api/session', { consent: [shown] })).body.purposes).toEqual(['transcripts']);
    expect((await post('/api/session', { consent: [shown, given] })).status).toBe(200);
    await settled(bus);
    expect(bus.published().filter(({ type }) => type === 'vox.privacy.consent-recorded.v1')).toHaveLength(2);
    expect(bus.published().some(({ data }) => JSON.stringify(data).includes('CONSENT_REQUIRED'))).toBe(true);
  });
  it('cannot use altered receipts or those of another visitor, nor any receipt with a bare key', async () => {
    const consents = await both();
    const other = String((await bootstrap()).body.widgetSessionToken);
    for (const [body, token] of [
      [{ consent: consents }, other],
      [{ consent: consents.map((each) => `${each}x`) }, visitor],
      [{ consent: ['a.b.c', 'x'.repeat(4_000)] }, visitor],
    ] as const)
      expect((await post('/api/session', body, token)).body.code).toBe('CONSENT_REQUIRED');
    const headers = { 'content-type': 'application/json', origin };
    const bare = await fetch(`${fixture.url}/api/session`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ widgetKey, consent: consents }),
    });
    expect(bare.status).toBe(403);
  });
  it('cannot agree to words that are not in force, and may refuse any', async () => {
    for (const [over, path] of [
      [{ version: '6' }, 'version'],
      [{ textHash: sha256('other words') }, 'textHash'],
      [{ locale: 'not a language' }, 'locale'],
    ] as const)
      expect(await post('/api/consent', answering('transcripts', over))).toMatchObject({
        status: 400,
        body: { code: 'INVALID_REQUEST', issues: [{ path }] },
      });
    const no = answering('transcripts', { given: false, version: '6', textHash: sha256('old words') });
    expect((await post('/api/consent', no)).status).toBe(200);
    expect((await post('/api/consent', answering('transcripts'), 'forged')).status).toBe(401);
  });
  it('who withdraws consent is refused the next call at once, and gets one after consenting again', async () => {
    const consents = await both();
    expect((await post('/api/session', { consent: consents })).status).toBe(200);
    await post('/api/consent', answering('transcripts', { given: false }));
    expect((await post('/api/session', { consent: consents })).body.purposes).toEqual(['transcripts']);
    const again = [...consents.slice(0, 1), await receiptFor('transcripts')];
    expect((await post('/api/session', { consent: again })).status).toBe(200);
  });
});
