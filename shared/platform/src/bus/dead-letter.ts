import { type Consumer, type DeadLetter, type Stream, streams } from '@vox/contracts';
import { beginningOf } from '@vox/redaction/text';

export type Undeliverable = Readonly<{ sequence: number; subjectName: string; bytes: Uint8Array }>;

/**
 * How much of a message a letter carries: in base64 and with its envelope it must stay under a server's longest
 * message, which is 1 MiB.
 */
const carriedBytes = 512 * 1024;

const causeMost = 2_000;

/**
 * An operator may read a letter. Of a confidential stream the letter carries no byte, and the stream keeps the message
 * until it is too old.
 */
export const isConfidential = (name: string): boolean =>
  streams.some((stream: Stream) => stream.name === name && stream.confidential === true);

/** The record of a message that is given up. The bytes stay as they came, so that nothing is lost. */
export const deadLetterOf = (
  consumer: Consumer,
  message: Undeliverable,
  deliveries: number,
  cause: string,
  now: Date,
): DeadLetter => ({
  consumer: consumer.name,
  stream: consumer.stream,
  sequence: message.sequence,
  subjectName: message.subjectName,
  cause: beginningOf(cause, causeMost),
  deliveries,
  at: now.toISOString(),
  sizeBytes: message.bytes.length,
  bytes: Buffer.from(message.bytes.subarray(0, isConfidential(consumer.stream) ? 0 : carriedBytes)).toString('base64'),
});
