import type { UtteranceCount } from '../decide/transcript.ts';
import type { Utterance, UtterancePlace } from '../decide/utterance.ts';

export type OfSession = Readonly<{ tenantId: string; sessionId: string }>;

/**
 * What was said, one document a message, sealed. A message is known by its session and its id.
 *
 * Any store failure is thrown as Fault UNAVAILABLE, at the latest after the store’s timeout. What was thrown may still
 * have taken effect; repeating it is safe.
 */
export type Utterances = Readonly<{
  /** Keeps a message unless one of its id is there. Answers whether it was kept now. */
  add: (utterance: Utterance) => Promise<boolean>;
  has: (message: OfSession & Pick<Utterance, 'messageId'>) => Promise<boolean>;
  /** Puts other sealed words in the place of those of a message that is there. */
  replace: (utterance: Utterance) => Promise<void>;
  /** Messages of a session in the order of the conversation, behind `after` if given. */
  page: (session: OfSession, limit: number, after?: UtterancePlace) => Promise<readonly Utterance[]>;
  count: (session: OfSession) => Promise<UtteranceCount>;
  /** Removes at most so many messages of a session, and answers how many went. */
  remove: (session: OfSession, limit: number) => Promise<number>;
}>;
