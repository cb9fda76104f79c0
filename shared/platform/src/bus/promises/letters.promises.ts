import { randomUUID } from 'node:crypto';
import { type Consumer, consumers, KeyRevoked, makeFact, TranscriptAppended } from '@vox/contracts';
import { expect, it, vi } from 'vitest';
import { type Outcome, reject } from '../bus.ts';
import { at, type BusUnderTest, hearing, type OpenedBus, revoked } from './bus.fixture.ts';

/** Where the only letter of a consumer stands. */
async function placeOf({ view }: BusUnderTest, { name }: Pick<Consumer, 'name'>): Promise<number> {
  const found: number[] = [];
  await vi.waitFor(
    async () => {
      found.length = 0;
      for await (const { place, letter } of view.letters()) if (letter.consumer === name) found.push(place);
      expect(found).toHaveLength(1);
    },
    { timeout: 5_000 },
  );
  return found[0] ?? 0;
}

/** What every bus promises of dead letters that are delivered again or dropped. */
export function letterPromises(opened: OpenedBus): void {
  it('hands the message of a dead letter to its handler once more, and keeps the letter until it is dropped', async () => {
    const { bus } = opened();
    const [consumer, fact] = [hearing(), revoked()];
    let answer: Outcome = reject('no');
    const seen: number[] = [];
    await bus.consume(consumer, async ({ id }, { deliveries }) => {
      if (id !== fact.id) return 'ack';
      seen.push(deliveries);
      return answer;
    });
    await bus.publish(KeyRevoked, fact);
    const place = await placeOf(opened(), consumer);
    expect(await bus.redeliver(place)).toEqual({ outcome: 'rejected', cause: 'no' });
    answer = 'retry';
    expect(await bus.redeliver(place)).toEqual({ outcome: 'again' });
    answer = 'ack';
    expect(await bus.redeliver(place)).toEqual({ outcome: 'done' });
    expect(seen).toEqual([1, 2, 2, 2]);
    expect(await bus.letter(place)).toMatchObject({ consumer: consumer.name, cause: 'no' });
    expect([await bus.dropLetter(place), await bus.dropLetter(place)]).toEqual([true, false]);
    expect(await bus.letter(place)).toBeUndefined();
    expect(await bus.redeliver(place)).toEqual({ outcome: 'gone' });
  });
  it('lists letters from a place on, of all consumers or of one, and counts them', async () => {
    const { bus } = opened();
    const [one, two] = [hearing(), hearing()];
    for (const each of [one, two]) await bus.consume(each, async () => reject('no'));
    for (const _time of [1, 2]) await bus.publish(KeyRevoked, revoked());
    const counted = async () => Object.fromEntries(await bus.countLetters());
    await vi.waitFor(async () => expect(await counted()).toEqual({ [one.name]: 2, [two.name]: 2 }), { timeout: 5_000 });
    const all = await bus.lettersAfter(0, 9);
    const places = all.map(({ place }) => place);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).toHaveLength(4);
    expect(await bus.lettersAfter(places[0] ?? 0, 2)).toEqual(all.slice(1, 3));
    const ofTwo = all.filter(({ letter }) => letter.consumer === two.name);
    expect(await bus.lettersAfter(0, 9, two.name)).toEqual(ofTwo);
    expect(await bus.lettersAfter(ofTwo[0]?.place ?? 0, 9, two.name)).toEqual(ofTwo.slice(1));
    expect(await bus.lettersAfter(places.at(-1) ?? 0, 9)).toEqual([]);
  });
  it('delivers no letter again that is older than its service remembers, or whose consumer nobody here hears for', async () => {
    const { bus } = opened();
    const consumer = hearing({ replayMaxMs: 3_600_000 });
    let heard = 0;
    const running = await bus.consume(consumer, async () => {
      heard += 1;
      return reject('no');
    });
    await bus.publish(KeyRevoked, revoked());
    const place = await placeOf(opened(), consumer);
    expect(await bus.redeliver(place)).toEqual({ outcome: 'too-old' });
    await running.stop();
    expect(await bus.redeliver(place)).toEqual({ outcome: 'not-heard' });
    expect(heard).toBe(1);
  });
  it('delivers words again that no letter carries, from the stream that keeps them', async () => {
    const { bus } = opened();
    const consumer = { ...consumers.complianceTranscripts, name: `test-${randomUUID()}` };
    const [sessionId, text] = [randomUUID(), 'the canary sings'];
    const said = makeFact(
      TranscriptAppended,
      { id: `transcript:${sessionId}`, source: 'test', at },
      { ...{ tenantId: 'acme', sessionId, messageId: 'm1', role: 'user', text, sequence: 0 }, at: at.toISOString() },
    );
    const heard: string[] = [];
    await bus.consume(consumer, async ({ data }) => {
      heard.push('text' in data ? data.text : '');
      return heard.length === 1 ? reject('no') : 'ack';
    });
    await bus.publish(TranscriptAppended, said);
    const place = await placeOf(opened(), consumer);
    expect(await bus.letter(place)).toMatchObject({ bytes: '', stream: 'VOX_TRANSCRIPTS' });
    expect(await bus.redeliver(place)).toEqual({ outcome: 'done' });
    expect(heard).toEqual([text, text]);
  });
}
