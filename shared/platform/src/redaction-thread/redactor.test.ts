import { freshRedactionState, redactMessage, redactSession, strictestPolicy } from '@vox/redaction';
import { afterEach, describe, expect, it } from 'vitest';
import { redactor } from './redactor.ts';

describe('the reader of words', () => {
  const reading = redactor({ perCallMax: 2, waitingMax: 64, patienceMs: 10_000 });
  afterEach(() => reading.stop());
  const said = (count: number, text: string) => Array.from({ length: count }, () => ({ role: 'user', text }));

  it('reads a long batch as it reads a short one, state and all', async () => {
    for (const messages of [said(2, 'my card is 4111 1111'), said(60, 'my card is 4111 1111 1111 1111, thank you')]) {
      const { messages: read, state } = redactSession(freshRedactionState, messages, strictestPolicy);
      expect(await reading.redact('c', freshRedactionState, messages, strictestPolicy)).toMatchObject({
        messages: read,
        state,
      });
    }
  });
  it('reads a long message by itself as it reads a short one by itself', async () => {
    for (const text of ['my card is 4111 1111 1111 1111', `${'well, '.repeat(200)}4111 1111 1111 1111 and 4111`]) {
      const message = { role: 'user', text };
      expect(await reading.redactAlone('c', message, strictestPolicy)).toEqual(redactMessage(message, strictestPolicy));
    }
  });
  it('lets others go on while it reads what takes long', async () => {
    const hostile = said(15, '4 '.repeat(8_000));
    let turns = 0;
    const ticking = setInterval(() => {
      turns += 1;
    }, 5);
    const read = reading.redact('c', freshRedactionState, hostile, strictestPolicy);
    const other = await reading.redact('d', freshRedactionState, said(1, 'hello'), strictestPolicy);
    expect(other.messages).toEqual(said(1, 'hello'));
    await read;
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(5);
  }, 20_000);
  it('takes two long batches of one call at once and refuses the third, and takes those of others', async () => {
    const long = said(20, 'one two three four '.repeat(20));
    const of = (call: string) => reading.redact(call, freshRedactionState, long, strictestPolicy);
    const outcomes = await Promise.allSettled([of('a'), of('a'), of('a'), of('b')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[2]).toMatchObject({ reason: { code: 'UNAVAILABLE' } });
  }, 20_000);
  it('refuses what no thread can be handed, and reads what stands before and behind it', async () => {
    const long = said(20, 'one two three four '.repeat(20));
    const strange = long.map((message) => ({ ...message, meta: { no: () => 'words' } }));
    const outcomes = await Promise.allSettled([
      reading.redact('a', freshRedactionState, long, strictestPolicy),
      reading.redact('b', freshRedactionState, strange, strictestPolicy),
      reading.redact('c', freshRedactionState, long, strictestPolicy),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  }, 20_000);
  it('refuses what waits when its thread ends, passes nothing on unread, and reads on with another', async () => {
    const long = said(20, 'one two three four '.repeat(50));
    const asked = reading.redact('a', freshRedactionState, long, strictestPolicy);
    await reading.stop();
    await expect(asked).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect((await reading.redact('a', freshRedactionState, long, strictestPolicy)).messages).toHaveLength(20);
  }, 20_000);
  it('refuses a reading that takes too long alone: what waited behind it, as long as a reading may take, is read by another thread', async () => {
    const impatient = redactor({ perCallMax: 2, waitingMax: 64, patienceMs: 4_000 });
    const endless = said(60, '4 '.repeat(30_000));
    const short = said(20, 'one two three four '.repeat(20));
    const slow = impatient.redact('slow', freshRedactionState, endless, strictestPolicy);
    const others = ['a', 'b', 'c'].map((call) => impatient.redact(call, freshRedactionState, short, strictestPolicy));
    const outcomes = await Promise.allSettled([slow, ...others]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
    expect(outcomes[0]).toMatchObject({
      reason: { code: 'UNAVAILABLE', cause: { message: 'words were not read in time' } },
    });
    await impatient.stop();
  }, 30_000);
  it('lets the calls take turns: no call is read twice while another waits', async () => {
    const long = said(20, 'one two three four '.repeat(20));
    const order: string[] = [];
    const of = (call: string) =>
      reading.redact(call, freshRedactionState, long, strictestPolicy).then(() => void order.push(call));
    await Promise.all([of('a'), of('a'), of('b'), of('b'), of('c')]);
    expect(order).toEqual(['a', 'b', 'a', 'b', 'c']);
  }, 20_000);
});
