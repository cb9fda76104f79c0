import { freshRedactionState, redactSession, strictestPolicy } from '@vox/redaction';
import { plainly } from './plain.ts';
import type { Redactor } from './score.ts';

/** The redactor as the edge uses it, for a session at once and utterance by utterance; and a plain one. */
export const redactors = {
  'ours, a session at once': (messages) =>
    redactSession(freshRedactionState, messages, strictestPolicy).messages.map(({ text }) => text),
  'ours, utterance by utterance': (messages) => {
    let state = freshRedactionState;
    return messages.flatMap((message) => {
      const redacted = redactSession(state, [message], strictestPolicy);
      state = redacted.state;
      return redacted.messages.map(({ text }) => text);
    });
  },
  'Luhn and a regular expression': (messages) => messages.map(({ text }) => plainly(text)),
} as const satisfies Record<string, Redactor>;
