import { createParser } from 'eventsource-parser';

type Message = Readonly<Record<string, unknown>>;
const [lineFeed, carriageReturn] = [10, 13];
const isStream = (contentType: string): boolean => /^text\/event-stream\s*(?:;|$)/i.test(contentType);
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
  const messages = isStream(contentType) ? eventsIn(body) : read(body);
  const answers = messages.filter((each) => isAnswerTo(each, id));
  const [answer, another] = answers;
  if (answer !== undefined && another === undefined) return { kind: 'answer', json: JSON.stringify(answer) };
  return { kind: messages.some((each) => 'method' in each && 'id' in each) ? 'asks' : 'nothing' };
}

const isAnswerTo = (message: Message, id: unknown): boolean =>
  message.id === id && ('result' in message || 'error' in message);

/**
 * Hears a stream of events piece by piece, and says once the answer to a request was among them: a server may keep the
 * stream open for what it has to say besides. `undefined` for what is no stream.
 */
export function answerHeard(contentType: string, id: unknown): ((part: Uint8Array) => boolean) | undefined {
  if (!isStream(contentType)) return undefined;
  const utf8 = new TextDecoder();
  let isHeard = false;
  let line: Uint8Array[] = [];
  const parser = createParser({
    onEvent: ({ data }) => {
      isHeard ||= read(data).some((each) => isAnswerTo(each, id));
    },
  });
  return (part) => {
    line.push(part);
    // A line that comes letter by letter would be gone through anew for each of them.
    if (!part.includes(lineFeed) && !part.includes(carriageReturn)) return false;
    parser.feed(utf8.decode(Buffer.concat(line), { stream: true }));
    line = [];
    return isHeard;
  };
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
