import { somePolicy, someWidgetKey } from '@vox/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { config } from '../../config.ts';
import { answerOfProvider, answerSessions, openEdge } from '../../edge.fixture.ts';
import { chromeOffer, firefoxOffer, longestOffer } from '../offers.fixture.ts';

const sdpMax = 32_768;
const asking = async (calls: 'brokered' | 'direct' | 'both' = 'both') => {
  const { post, ...edge } = await openEdge({ policy: somePolicy({ calls }) });
  const heard = await answerSessions(edge.bus);
  const ask = (body: object, headers: Record<string, string> = {}) =>
    post('/api/session', { widgetKey: someWidgetKey, ...body }, headers);
  return { ...edge, heard, ask };
};

describe('a session request', () => {
  it('with an offer is answered with the provider’s answer, and whoever was admitted fetches the offer', async () => {
    const { ask, heard } = await asking('brokered');
    const { status, body } = await ask({ offer: chromeOffer });
    expect([status, body]).toMatchObject([
      200,
      { answer: answerOfProvider, browserChannel: 'none', transcripts: false, session_token: 'token' },
    ]);
    expect(body).not.toHaveProperty('client_secret');
    expect(heard).toEqual([{ mode: 'brokered', offer: chromeOffer }]);
  });
  it('without an offer is answered with a client secret, and holds nothing for anybody', async () => {
    const { ask, heard } = await asking('direct');
    const { status, body } = await ask({});
    expect([status, body]).toMatchObject([200, { client_secret: { value: 'ek_secret' }, transcripts: true }]);
    for (const name of ['answer', 'browserChannel']) expect(body).not.toHaveProperty(name);
    expect(heard).toEqual([{ mode: 'direct', offer: undefined }]);
  });
  it('of a mode that the tenant does not allow is refused, and nobody hears of it', async () => {
    const [brokered, direct] = [await asking('brokered'), await asking('direct')];
    expect(await brokered.ask({})).toMatchObject({ status: 403, body: { code: 'BROKERED_ONLY' } });
    expect(await direct.ask({ offer: chromeOffer })).toMatchObject({ status: 403, body: { code: 'DIRECT_ONLY' } });
    expect([...brokered.heard, ...direct.heard]).toEqual([]);
  });
  it('with an offer that is too long or none is refused naming the offer, which is not repeated', async () => {
    const { ask, heard } = await asking();
    for (const offer of [longestOffer(sdpMax + 4), `${chromeOffer}m=video 9 canary-71c 96\r\n`, 'canary-71c', '', 7]) {
      const { status, body } = await ask({ offer });
      expect([status, body.code]).toEqual([400, 'INVALID_REQUEST']);
      expect(new Set((body.issues as { path: string }[]).map(({ path }) => path))).toEqual(new Set(['offer']));
      expect(JSON.stringify(body)).not.toMatch(/canary|fingerprint:sha/);
    }
    expect(heard).toEqual([]);
  });
  it('takes the longest offer under the standard limit of bodies, and reads no body further than that limit', async () => {
    const { ask, heard } = await asking();
    const offer = longestOffer(sdpMax);
    const limitBytes = config.schema.shape.BODY_MAX_BYTES.parse(undefined);
    expect(JSON.stringify({ widgetKey: someWidgetKey, offer }).length).toBeLessThan(limitBytes);
    expect((await ask({ offer })).status).toBe(200);
    expect(heard).toEqual([{ mode: 'brokered', offer }]);
    expect(await ask({ offer: 'x'.repeat(limitBytes) })).toMatchObject({
      status: 413,
      body: { code: 'PAYLOAD_TOO_LARGE' },
    });
  });
  it('is another one under the same Idempotency-Key where its offer is another, and the same where it is the same', async () => {
    const { ask, heard } = await asking();
    const key = { 'idempotency-key': 'k1' };
    const first = await ask({ offer: chromeOffer }, key);
    expect(await ask({ offer: chromeOffer }, key)).toEqual(first);
    for (const other of [{ offer: firefoxOffer }, {}])
      expect(await ask(other, key)).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_CONFLICT' } });
    expect(heard).toHaveLength(1);
  });
  it('leaves nothing of its offer or its answer in a fact, nor in the clear in a store', async () => {
    const { ask, bus, kept, heard } = await asking();
    const word = fc.stringMatching(/^[A-Za-z0-9]{12,24}$/);
    const part = fc.record({ user: word, password: word, host: word, line: word, key: fc.option(word) });
    await fc.assert(
      fc.asyncProperty(part, async ({ user, password, host, line, key }) => {
        const offer = chromeOffer
          .replaceAll('F7gI', user)
          .replaceAll('x9cml/YzichV2+XlhiMu8g1a', password)
          .replaceAll('9b36eaac-bb2e-49bb-bb78-21c41c499900', host)
          .concat(`a=${line}\r\n`);
        const { status } = await ask({ offer }, key === null ? {} : { 'idempotency-key': `${key}${user}` });
        expect(status).toBe(200);
        expect(heard.at(-1)?.offer).toBe(offer);
        const left = JSON.stringify([bus.published(), kept]);
        for (const secret of [user, password, host, line, 'the answer of the provider', '203.0.113.7', 'fingerprint'])
          expect(left).not.toContain(secret);
      }),
      { numRuns: 40 },
    );
    expect(kept.some((each) => each.includes('sealed'))).toBe(true);
  });
});
