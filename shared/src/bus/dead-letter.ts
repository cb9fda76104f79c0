import type { Consumer, DeadLetter } from '../contracts/mod.ts';

export type Undeliverable = Readonly<{ sequence: number; subjectName: string; bytes: Uint8Array }>;

/** What is written of a message before it is given up. The bytes stay as they came, so that nothing is lost. */
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
  cause: cause.slice(0, 2000),
  deliveries,
  at: now.toISOString(),
  bytes: Buffer.from(message.bytes).toString('base64'),
});
