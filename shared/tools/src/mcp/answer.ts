import { createParser } from 'eventsource-parser';

type Message = Readonly<Record<string, unknown>>;
const isMessage = (value: unknown): value is Message =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * `answer`: what the server says to one request, as JSON. `asks`: it asks us instead, for words of a model, of the user
 * or of our files. `nothing`: there is no answer of this request in what it sent.
 */
export type Answered = Readonly<{ kind: 'answer'; json: string }> | Readonly<{ kind: 'asks' | 'nothing' }>;

/**
 * Finds the answer to a request in what a server sent, as JSON or as a whole stream of events. All else that it sent is
 * dropped: notices, requests of its own, and answers to what nobody asked.
 */
export function answerIn(contentType: string, body: string, id: unknown): Answered {
  const messages = /^text\/event-stream\s*(?:;|$)/i.test(contentType) ? eventsIn(body) : read(body);
  const answers = messages.filter((each) => each.id === id && ('result' in each || 'error' in each));
  const [answer, another] = answers;
  if (answer !== undefined && another === undefined) return { kind: 'answer', json: JSON.stringify(answer) };
  return { kind: messages.some((each) => 'method' in each && 'id' in each) ? 'asks' : 'nothing' };
}

function eventsIn(body: string): readonly Message[] {
  const found: Message[] = [];
  const parser = createParser({ onEvent: ({ data }) => void found.push(...read(data)) });
  parser.feed(body);
  return found;
}

function read(text: string): readonly Message[] {
  try {
    const value: unknown = JSON.parse(text);
    return (Array.isArray(value) ? value : [value]).filter(isMessage);
  } catch {
    return [];
  }
}
