import { freshRedactionState, RedactionState, redactSession, strictestPolicy } from '../mod.ts';
import { inPieces } from './cards.fixture.ts';

export type Message = { role: string; text: string };
export const talk = (...texts: string[]): Message[] =>
  texts.map((text) => (text.startsWith('> ') ? { role: 'assistant', text: text.slice(2) } : { role: 'user', text }));

/** The texts that leave, when messages come in these batches. */
export function leaving(messages: readonly Message[], cuts: readonly number[], state = freshRedactionState): string[] {
  let now = state;
  return inPieces(messages, cuts).flatMap((batch) => {
    const redacted = redactSession(now, batch, strictestPolicy);
    now = RedactionState.parse(JSON.parse(JSON.stringify(redacted.state)));
    return redacted.messages.map(({ text }) => text);
  });
}
/** Every place where a batch may end: each message by itself. */
export const each = (messages: readonly Message[]): number[] => messages.map((_, at) => at).slice(1);
