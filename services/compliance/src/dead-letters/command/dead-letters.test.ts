import { type Consumer, consumers, platform, Redeliver, SessionEnded } from '@vox/contracts';
import { type Outcome, reject } from '@vox/platform/bus';
import { settled } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { onTwins, vaultOf } from '../../compliance.fixture.ts';
import { ended } from '../../transcripts/transcripts.fixture.ts';
import { dropLetters } from './drop-letters.ts';
import { countLetters, listLetters, showLetter } from './read-letters.ts';
import { replayLetters } from './replay-letters.ts';

const by = { actor: 'operator:ada', reason: 'quota is mended', requestId: 'r1' };

/** A fact that a consumer gave up, and what its handler answers from then on. */
async function givenUp(consumer: Consumer<typeof SessionEnded>) {
  const twins = onTwins();
  const { bus, auditLog } = twins;
  let answer: Outcome = reject('data: used up');
  await bus.consume(consumer, async () => answer);
  await bus.publish(SessionEnded, ended);
  await settled(bus);
  const dependencies = { ...twins, vault: vaultOf(twins) };
  const places: number[] = [];
  for await (const { place } of bus.view.letters()) places.push(place);
  return {
    ...{ bus, place: places[0] ?? 0, replay: replayLetters(dependencies), drop: dropLetters(dependencies) },
    mend: (next: Outcome) => {
      answer = next;
    },
    async log() {
      const entries: unknown[] = [];
      for await (const entry of auditLog.entries(platform)) entries.push(entry);
      return entries;
    },
  };
}
const ofQuota = consumers.quotaEnds;
const own = { ...consumers.complianceCalls, kinds: [SessionEnded] } as const;

describe('dead letters', () => {
  it('are delivered again by the service that gave them up, and are gone once they are done', async () => {
    const { bus, place, replay, mend, log } = await givenUp(ofQuota);
    await bus.answer(Redeliver.quota, ({ letter }) => bus.redeliver(letter));
    expect(await replay({ letters: [place], ...by })).toEqual({
      letters: [{ letter: place, outcome: 'rejected', cause: 'data: used up' }],
    });
    mend('ack');
    expect(await replay({ letters: [place, 99], ...by })).toEqual({
      letters: [
        { letter: place, outcome: 'done' },
        { letter: 99, outcome: 'gone' },
      ],
    });
    expect(bus.deadLetters()).toEqual([]);
    const entry = { ...by, action: 'dead-letter.replay', target: `dead-letter:${place}`, outcome: 'done' };
    expect(await log()).toMatchObject([entry, { ...entry, data: '{"consumer":"quota-ends"}' }]);
  });
  it('of compliance are heard by compliance itself', async () => {
    const { bus, place, replay, mend } = await givenUp(own);
    mend('ack');
    expect(await replay({ letters: [place], ...by })).toMatchObject({ letters: [{ outcome: 'done' }] });
    expect(bus.deadLetters()).toEqual([]);
  });
  it('stay when their service does not answer, when its handler cannot yet, and when no contract names it', async () => {
    const { bus, place, replay, mend } = await givenUp(ofQuota);
    expect(await replay({ letters: [place], ...by })).toMatchObject({ letters: [{ outcome: 'again' }] });
    await bus.answer(Redeliver.quota, ({ letter }) => bus.redeliver(letter));
    mend('retry');
    expect(await replay({ letters: [place], ...by })).toMatchObject({ letters: [{ outcome: 'again' }] });
    expect(bus.deadLetters()).toHaveLength(1);
    const former = await givenUp({ ...ofQuota, name: 'quota-of-old' });
    expect(await former.replay({ letters: [former.place], ...by })).toMatchObject({
      letters: [{ outcome: 'not-heard' }],
    });
    expect(former.bus.deadLetters()).toHaveLength(1);
  });
  it('are dropped for ever, and the audit log keeps who did it, why, and what it was', async () => {
    const { bus, place, drop, log } = await givenUp(ofQuota);
    expect(await drop({ letters: [place, place], ...by })).toEqual({
      letters: [
        { letter: place, outcome: 'dropped' },
        { letter: place, outcome: 'gone' },
      ],
    });
    expect(bus.deadLetters()).toEqual([]);
    expect(await log()).toMatchObject([
      { ...by, action: 'dead-letter.drop', target: `dead-letter:${place}`, data: expect.stringContaining('VOX_CALLS') },
    ]);
  });
});

describe('dead letters that are listed', () => {
  it('come page by page with their kind, tenant and cause, and with nothing of their messages', async () => {
    const { bus, place } = await givenUp(ofQuota);
    await bus.publish(SessionEnded, { ...ended, id: 'ended:again' });
    await settled(bus);
    const list = listLetters({ bus });
    const first = await list({ limit: 1 });
    expect(first).toEqual({
      letters: [
        {
          ...{ letter: place, at: expect.any(String), consumer: ofQuota.name, service: 'quota' },
          ...{ fact: SessionEnded.name, tenantId: ended.data.tenantId, deliveries: 1, cause: 'data: used up' },
          sizeBytes: expect.any(Number),
        },
      ],
      next: place,
    });
    const second = await list({ after: place, limit: 1 });
    expect(second).toMatchObject({ letters: [{ letter: place + 1 }], next: null });
    expect(await list({ consumer: 'quota-of-old', limit: 25 })).toEqual({ letters: [], next: null });
    expect(JSON.stringify([first, second])).not.toContain(ended.data.sessionId);
  });
  it('are counted by consumer, and one alone is shown with its place in its stream until it is gone', async () => {
    const { bus, place, drop } = await givenUp({ ...ofQuota, name: 'quota-of-old' });
    expect(await countLetters({ bus })({})).toEqual({ consumers: [{ consumer: 'quota-of-old', letters: 1 }] });
    const show = () => showLetter({ bus })({ letter: place });
    expect(await show()).toMatchObject({ letter: place, service: null, stream: 'VOX_CALLS', sequence: 1 });
    await drop({ letters: [place], ...by });
    await expect(show()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await countLetters({ bus })({})).toEqual({ consumers: [] });
  });
});
