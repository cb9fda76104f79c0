import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openEdge } from '../../edge.fixture.ts';
import { heardByServer } from './heard-by-server.ts';

const words = 'canary-words-71c';
const message = { id: 'item_1', role: 'user', text: words, ts: 1_777_939_200_000 };

describe('the words of a call', () => {
  it('are taken from its page where the call is direct, and refused where the server hears them', () => {
    const run = heardByServer.run({});
    for (const mode of [undefined, 'direct'] as const) expect(run({ claims: { mode } })).toBeUndefined();
    const refusal = expect.objectContaining({ code: 'HEARD_BY_SERVER' });
    expect(() => run({ claims: { mode: 'brokered' } })).toThrow(refusal);
  });
  it('of a brokered call are refused before anything of them is kept, wherever its token stands', async () => {
    const { post, tokenOf, bus, kept } = await openEdge();
    const token = await tokenOf(randomUUID(), 'brokered');
    const refused = { status: 409, body: { code: 'HEARD_BY_SERVER' } };
    for (const [path, body] of [
      ['/api/transcripts/append', { messages: [message] }],
      ['/api/transcripts/finalize', {}],
    ] as const) {
      expect(await post(path, body, { authorization: `Bearer ${token}` })).toMatchObject(refused);
      expect(await post(path, { ...body, authToken: token })).toMatchObject(refused);
    }
    expect(bus.published().filter(({ type }) => type.startsWith('vox.transcript'))).toEqual([]);
    expect(JSON.stringify([bus.published(), kept])).not.toContain(words);
    expect(kept).toEqual([]);
  });
  it('of a direct call are kept', async () => {
    const { post, tokenOf, bus, kept } = await openEdge();
    const authorization = `Bearer ${await tokenOf(randomUUID())}`;
    expect(await post('/api/transcripts/append', { messages: [message] }, { authorization })).toMatchObject({
      status: 202,
      body: { appended: 1 },
    });
    expect(await post('/api/transcripts/finalize', {}, { authorization })).toMatchObject({ status: 200 });
    expect(JSON.stringify(bus.published())).toContain(words);
    expect(kept.length).toBeGreaterThan(0);
  });
});
