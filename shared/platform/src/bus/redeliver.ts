import { type Consumer, consumers, DeadLetter, decodeFact, type Redelivered } from '@vox/contracts';
import { parseJson } from './answer.ts';
import type { HandledOutcome } from './bus.ts';
import { isConfidential } from './dead-letter.ts';
import { type Handle, judge } from './judge.ts';

/** A handler at work, and its consumer. */
export type Hearing = Readonly<{ consumer: Consumer; handle: Handle }>;

export type Redelivery = Readonly<{
  letter: DeadLetter;
  hearing: Hearing | undefined;
  /** Reads the message of a confidential stream, of which a letter carries nothing. */
  stored: (stream: string, sequence: number) => Promise<Uint8Array | undefined>;
  now: Date;
  onThrow: (error: unknown) => void;
}>;

/** Delivers the message of a letter once more, unless the service has forgotten what it decided of such a message. */
export async function redelivered({ letter, hearing, stored, now, onThrow }: Redelivery): Promise<Redelivered> {
  if (hearing === undefined) return { outcome: 'not-heard' };
  const { consumer, handle } = hearing;
  const carried = Buffer.from(letter.bytes, 'base64');
  const isElsewhere = isConfidential(consumer.stream);
  if (!isElsewhere && carried.length !== letter.sizeBytes) return { outcome: 'cut' };
  const bytes = isElsewhere ? await stored(consumer.stream, letter.sequence) : carried;
  if (bytes === undefined) return { outcome: 'gone' };
  const { replayMaxMs = Number.POSITIVE_INFINITY } = consumer;
  if (now.getTime() - saidAtMs(consumer, letter, bytes) > replayMaxMs) return { outcome: 'too-old' };
  return told(await judge(consumer, handle, bytes, { deliveries: letter.deliveries + 1 }, onThrow));
}

/** The letter in these bytes, if there is one in them. */
export const letterIn = (bytes: Uint8Array): DeadLetter | undefined => DeadLetter.safeParse(parseJson(bytes)).data;

/** When the fact was published; when the letter was written, for bytes that are no fact. */
function saidAtMs(consumer: Consumer, letter: DeadLetter, bytes: Uint8Array): number {
  try {
    return Date.parse(decodeFact(consumer.kinds, bytes).fact.time);
  } catch {
    return Date.parse(letter.at);
  }
}

function told(outcome: HandledOutcome): Redelivered {
  if (outcome === 'ack') return { outcome: 'done' };
  if (outcome === 'retry' || outcome === 'wait') return { outcome: 'again' };
  return { outcome: 'rejected', cause: outcome.reject };
}

/** Which service hears for a consumer; `undefined` for a consumer that no contract names any more. */
export const serviceOfConsumer = (name: string): string | undefined =>
  Object.values<Consumer>(consumers).find((each) => each.name === name)?.service;
