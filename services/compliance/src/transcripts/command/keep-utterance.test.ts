import { TranscriptAppended } from '@vox/contracts';
import { settled, somePolicy } from '@vox/testing';
import { describe, expect, it } from 'vitest';

import {
  appended,
  ended,
  granted,
  openFixture,
  publish,
  type SaidMessage,
  said,
  sessionId,
  whose,
} from '../transcripts.fixture.ts';

describe('a message of a call', () => {
  it('waits until its call is known', async () => {
    const { bus, settle, finalise, read, stop } = await openFixture();
    await publish(bus, appended(said[0] as SaidMessage));
    await publish(bus, ended);
    await publish(bus, granted);
    await settle();
    await finalise();
    expect((await read()).messages).toHaveLength(1);
    await stop();
  });

  it('is kept when it came within the grace after the end, however long it waited since, and not when it came later', async () => {
    const { bus, settle, finalise, read, clock, service, stop } = await openFixture();
    await publish(bus, granted);
    await publish(bus, ended);
    await settle();
    clock.advanceMs(170_000);
    await publish(bus, appended({ id: 'in-time', text: 'just in time', second: 59, sentSecond: 180 }));
    await publish(bus, appended({ id: 'late', text: 'too late', second: 59, sentSecond: 181 }));
    await settle();
    await finalise();
    await publish(bus, appended({ id: 'later', text: 'after all', second: 59, sentSecond: 400 }));
    await settle();
    await service.sweep();
    expect((await read()).messages.map(({ id }) => id)).toEqual(['in-time']);
    await stop();
  });

  it.each([
    ['the tenant keeps nothing', { retention: { ...somePolicy().retention, transcripts: 0 } }],
    ['consent is demanded and nobody gave it', { consent: { ...somePolicy().consent, transcripts: true } }],
  ])('is dropped where %s, and the stream forgets it', async (_title, over) => {
    const { bus, settle, finalise, inStream, utterances, read, stop } = await openFixture(over);
    for (const fact of [granted, appended(said[0] as SaidMessage), ended]) await publish(bus, fact);
    await settle();
    expect(await utterances.count(whose)).toEqual({ messages: 0, bytes: 0 });
    await finalise();
    expect(await inStream()).toBe(0);
    await expect(read()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await stop();
  });

  it('leaves a dead letter without a byte of it when it cannot be read', async () => {
    const { bus, stop, service } = await openFixture();
    await bus.inject(`${TranscriptAppended.name}.acme.${sessionId}`, new TextEncoder().encode('{"canary":"words"}'));
    await settled(bus);
    const [letter] = bus.deadLetters();
    expect(letter).toMatchObject({ consumer: 'compliance-transcripts', bytes: '', sizeBytes: 18 });
    await service.sweep();
    await stop();
  });
});
