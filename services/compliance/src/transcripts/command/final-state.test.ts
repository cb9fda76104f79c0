import { TranscriptAppended, TranscriptCompleted } from '@vox/contracts';
import { memoryBus } from '@vox/platform/bus';
import { digest } from '@vox/platform/crypto';
import { stoppedClock } from '@vox/platform/time';
import { crashes } from '@vox/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryKeys, memoryTranscripts } from '../../memory.ts';

import {
  appended,
  type CallFact,
  card,
  completed,
  ended,
  granted,
  openFixture,
  publish,
  sessionId,
  start,
  whose,
} from '../transcripts.fixture.ts';

/** A conversation of which every message was accepted in time. */
const conversation = fc.array(
  fc.record({
    role: fc.constantFrom('user' as const, 'assistant' as const),
    text: fc.constantFrom('yes', 'no, thanks', 'my number is 12', 'four one one one', `it is ${card}`, '1111'),
    second: fc.integer({ min: 1, max: 59 }),
    delay: fc.integer({ min: 0, max: 100 }),
  }),
  { minLength: 1, maxLength: 8 },
);
type Conversation = readonly Readonly<{ role: 'user' | 'assistant'; text: string; second: number; delay: number }>[];
const factsOf = (lines: Conversation): CallFact[] => [
  granted,
  ended,
  completed,
  ...lines.map(({ delay, ...line }, n) => appended({ id: `m${n}`, ...line, sentSecond: line.second + delay }, n)),
];

/** What is kept in the end, in one hash: header and words, but for the moment at which it became final. */
async function finalState(opened: Awaited<ReturnType<typeof openFixture>>): Promise<string> {
  const header = await opened.transcripts.read(`acme/${sessionId}`);
  const { messages } = await opened.read();
  const {
    finalisedAtMs,
    clearedAtMs,
    subjectId: _subject,
    ...rest
  } = header ?? { finalisedAtMs: null, clearedAtMs: null };
  const held = await opened.inStream();
  return digest(JSON.stringify([rest, finalisedAtMs !== null, clearedAtMs !== null, messages, held]));
}

describe('the final state of a transcript', () => {
  async function inOrder(lines: Conversation): Promise<string> {
    const opened = await openFixture();
    for (const fact of factsOf(lines)) await publish(opened.bus, fact);
    await opened.settle();
    await opened.finalise();
    const state = await finalState(opened);
    await opened.stop();
    return state;
  }

  it('is the same for duplicates, reordering and delays past the dedupe window, over many seeds', async () => {
    const orders = fc.array(fc.nat(), { minLength: 12, maxLength: 12 });
    const again = fc.array(fc.nat(), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(conversation, orders, again, fc.nat(), async (lines, order, repeated, seed) => {
        const facts = factsOf(lines);
        const shuffled = facts.map((fact, n) => [order[n % order.length] ?? 0, fact] as const);
        let chance = seed;
        const waiting: (() => Promise<void>)[] = [];
        const clock = stoppedClock(start);
        const schedule = (deliver: () => Promise<void>): void => {
          waiting.push(deliver);
          setImmediate(() => {
            chance = (chance * 1_103_515_245 + 12_345) % 2_147_483_648;
            void waiting.splice(chance % waiting.length, 1)[0]?.();
          });
        };
        const opened = await openFixture({}, { clock, bus: memoryBus({ clock, schedule, retryMs: 1 }) });
        for (const [, fact] of shuffled.sort(([a], [b]) => a - b)) await publish(opened.bus, fact);
        await opened.settle();
        const repeat = async () => {
          for (const n of repeated) await publish(opened.bus, facts[n % facts.length] as CallFact);
          await opened.settle();
        };
        await repeat();
        clock.advanceMs(121_000);
        await repeat();
        await opened.finalise();
        clock.advanceMs(121_000);
        await repeat();
        await opened.service.sweep();
        // What came after the stream was cleared is forgotten with the next sweep, or ages out: it changes nothing.
        await opened.bus.forget([TranscriptAppended, TranscriptCompleted], whose);
        expect(await finalState(opened)).toBe(await inOrder(lines));
        await opened.stop();
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('is the same when the process dies at any step of its stores', async () => {
    const lines: Conversation = [
      { role: 'user', text: 'hello', second: 1, delay: 0 },
      { role: 'assistant', text: 'hi, five five five five', second: 2, delay: 90 },
      { role: 'user', text: `it is ${card}`, second: 3, delay: 0 },
    ];
    const wanted = await inOrder(lines);
    let step = 1;
    for (let isReached = true; isReached; step += 1) {
      const { step: crash, over } = crashes([step]);
      let count = 0;
      const fault = (): void => {
        count += 1;
        crash();
      };
      const opened = await openFixture({}, { ...memoryKeys({ fault }), ...memoryTranscripts({ fault }) }).catch(
        () => undefined,
      );
      if (opened === undefined) continue;
      for (const fact of factsOf(lines)) await publish(opened.bus, fact);
      await opened.settle();
      await opened.finalise();
      isReached = count >= step;
      over();
      // The next look at it, by whichever copy.
      await opened.service.sweep();
      expect([step, await finalState(opened)]).toEqual([step, wanted]);
      await opened.stop();
    }
    expect(step).toBeGreaterThan(40);
  }, 60_000);
});
