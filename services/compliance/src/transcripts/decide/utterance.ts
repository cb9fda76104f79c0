/**
 * One message of a call as it is stored. Where it belongs can be read; what was said can be read only with the key of
 * its subject.
 */
export type Utterance = Readonly<{
  tenantId: string;
  sessionId: string;
  messageId: string;
  role: 'user' | 'assistant' | 'tool';
  atMs: number;
  sequence: number;
  /** Of its text and metadata before they were sealed, in UTF-8. */
  bytes: number;
  /** Text and metadata, sealed under the subject’s key for this place alone. */
  sealed: string;
}>;

/**
 * The order of a conversation: by time, then by place among what was said at once. Ids make it one order for everybody.
 */
export function inOrder(one: UtterancePlace, other: UtterancePlace): number {
  return (
    one.atMs - other.atMs ||
    one.sequence - other.sequence ||
    (one.messageId < other.messageId ? -1 : Number(one.messageId > other.messageId))
  );
}

export type UtterancePlace = Pick<Utterance, 'atMs' | 'sequence' | 'messageId'>;

/** Where an utterance is sealed: nowhere else does it open. */
export const sealedAt = ({ sessionId, messageId }: Pick<Utterance, 'sessionId' | 'messageId'>): string =>
  `utterance:${sessionId}:${messageId}`;

/** What is sealed of a message: the same words make the same text. */
export const wordsOf = ({ text, meta }: Readonly<{ text: string; meta?: unknown }>): string =>
  JSON.stringify(meta === undefined ? { text } : { text, meta });
