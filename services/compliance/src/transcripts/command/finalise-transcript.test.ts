import { describe, expect, it } from 'vitest';
import { onTwins } from '../../compliance.fixture.ts';

import {
  appended,
  at,
  completed,
  ended,
  granted,
  openFixture,
  publish,
  type SaidMessage,
  said,
  whose,
} from '../transcripts.fixture.ts';

describe('a transcript', () => {
  it('is kept in its order, sealed, and no stream holds it once it is final', async () => {
    const { bus, settle, finalise, read, inStream, utterances, stop } = await openFixture();
    for (const fact of [granted, appended(said[1] as SaidMessage), appended(said[0] as SaidMessage), completed, ended])
      await publish(bus, fact);
    await settle();
    expect(await inStream()).toBe(3);
    const stored = await utterances.page(whose, 9);
    expect(JSON.stringify(stored)).not.toContain('canary');
    await finalise();
    expect(await inStream()).toBe(0);
    const { transcript, messages, next } = await read();
    expect(transcript).toMatchObject({ messages: 2, complete: true, agentId: 'guide', endedAt: at(60).toISOString() });
    expect(messages.map(({ id, role, text }) => [id, role, text])).toEqual([
      ['a', 'user', 'Hello, canary-word here.'],
      ['b', 'assistant', 'How can I help?'],
    ]);
    expect(next).toBeNull();
    const told = bus.published().filter(({ type }) => type.startsWith('vox.privacy.transcript-finalised'));
    expect(told.map(({ data }) => data)).toEqual([{ ...whose, messages: 2, complete: true }]);
    expect(JSON.stringify([bus.published(), bus.deadLetters()])).not.toContain('canary');
    await stop();
  });

  it('is kept whole before the stream forgets it, although its consumer is behind', async () => {
    const { bus: real } = onTwins();
    const consume: typeof real.consume = async (consumer, handle) =>
      consumer.stream === 'VOX_TRANSCRIPTS' ? { stop: async () => undefined } : real.consume(consumer, handle);
    const { bus, settle, finalise, read, inStream, utterances, stop } = await openFixture(
      {},
      { bus: { ...real, consume } },
    );
    for (const fact of [granted, ...said.map((each) => appended(each)), completed, ended]) await publish(bus, fact);
    await settle();
    expect((await utterances.count(whose)).messages).toBe(0);
    await finalise();
    expect(await read()).toMatchObject({ messages: [{ id: 'a' }, { id: 'b' }], transcript: { complete: true } });
    expect(await inStream()).toBe(0);
    await stop();
  });
});
