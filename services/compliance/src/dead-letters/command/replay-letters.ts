import { type DeadLetter, platform, Redeliver, type Redelivered, type ReplayDeadLetters } from '@vox/contracts';
import { type Bus, serviceOfConsumer } from '@vox/platform/bus';
import { Fault } from '@vox/platform/fault';
import type { z } from 'zod';
import { type RecordDependencies, recordAct } from '../../audit/mod.ts';

type Asked = z.infer<(typeof ReplayDeadLetters)['request']>;
type Reply = z.input<(typeof ReplayDeadLetters)['reply']>;
export type ReplayLetters = RecordDependencies &
  Readonly<{ bus: Pick<Bus, 'letter' | 'dropLetter' | 'redeliver' | 'ask'> }>;

/** All letters of one question must be answered within the minute that a server leaves for an answer. */
const eachMs = 2_500;

/**
 * Has each letter delivered once more to the consumer that gave it up, and erases it when it is done. The audit log has
 * who asked before anything is delivered. A crash in between leaves the letter: to deliver it twice changes nothing,
 * because every handler may hear a fact twice.
 */
export const replayLetters =
  (dependencies: ReplayLetters) =>
  async ({ letters, ...by }: Asked): Promise<Reply> => {
    const told: Reply['letters'] = [];
    for (const place of letters) told.push({ letter: place, ...(await replayOne(dependencies, place, by)) });
    return { letters: told };
  };

async function replayOne(dependencies: ReplayLetters, place: number, by: Omit<Asked, 'letters'>): Promise<Redelivered> {
  const { bus } = dependencies;
  const letter = await bus.letter(place);
  if (letter === undefined) return { outcome: 'gone' };
  const act = { tenantId: platform, action: 'dead-letter.replay', target: `dead-letter:${place}` };
  const details = { consumer: letter.consumer };
  await recordAct(dependencies, { ...act, ...by, details, outcome: 'done' });
  const redelivered = await redeliver(bus, letter, place);
  if (redelivered.outcome === 'done') await bus.dropLetter(place);
  return redelivered;
}

async function redeliver(bus: ReplayLetters['bus'], { consumer }: DeadLetter, place: number): Promise<Redelivered> {
  const service = serviceOfConsumer(consumer);
  if (service === 'compliance') return bus.redeliver(place);
  const asked = service === undefined ? undefined : Object.entries(Redeliver).find(([name]) => name === service)?.[1];
  if (asked === undefined) return { outcome: 'not-heard' };
  try {
    return await bus.ask(asked, { letter: place }, { timeoutMs: eachMs });
  } catch (error) {
    // The service may be down, or may still work on it. The letter stays, and may be asked for again.
    if (error instanceof Fault && error.code === 'UNAVAILABLE') return { outcome: 'again' };
    throw error;
  }
}
