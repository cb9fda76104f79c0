import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { listPrices } from './decide/prices.ts';
import { requestRow } from './ledger.ts';
import { type Fixture, noTokens, openFixture, responseOf } from './quota.fixture.ts';

let fixture: Fixture;
afterEach(() => fixture.close());

async function rowOf(id: string) {
  const record = await fixture.requests.read(id);
  if (record === undefined) throw new RangeError('nothing was decided');
  return requestRow(id, record);
}

describe('what the reconciliation is told of a request', () => {
  it('names what was counted of a brokered call by responses and by words, and its price', async () => {
    fixture = await openFixture();
    const id = randomUUID();
    await fixture.request(id, { mode: 'brokered' });
    await fixture.count(id, responseOf('r1', { audioOut: 100 }), 9);
    const usage = { ...noTokens, seconds: 60 };
    const model = 'gpt-live-transcribe';
    await fixture.count(id, { kind: 'transcription', itemId: 'item_1', model, usage }, 9);
    expect(await rowOf(id)).toEqual({
      ...{ sessionId: id, tenantId: 'acme', kind: 'admitted', closed: false, doubted: false, connectedSeconds: 9 },
      responseIds: ['r1', 'utterance:item_1'],
      provider: {
        price: listPrices[0]?.models['gpt-realtime-2.1'],
        responses: { tokens: 100, micros: 6_400, seconds: 0 },
        utterances: { tokens: 0, micros: 17_000, seconds: 0 },
        seconds: 0,
      },
    });
    await fixture.end(id, 9);
    expect(await rowOf(id)).toMatchObject({ closed: true });
  });

  it('names the seconds of a call that is billed by time', async () => {
    fixture = await openFixture({ models: ['gpt-live-1'] });
    const id = randomUUID();
    await fixture.request(id, { mode: 'brokered' });
    await fixture.count(id, { kind: 'seconds', seconds: 61.5 }, 62);
    expect(await rowOf(id)).toMatchObject({ responseIds: [], provider: { seconds: 61.5 } });
  });

  it('says nothing of a provider where the call is direct, or was denied', async () => {
    fixture = await openFixture();
    const [direct, denied] = [randomUUID(), randomUUID()];
    await fixture.request(direct);
    await fixture.request(denied, { agentId: 'nobody' });
    expect(await rowOf(direct)).not.toHaveProperty('provider');
    expect(await rowOf(denied)).toEqual({ sessionId: denied, tenantId: 'acme', kind: 'denied' });
  });
});
