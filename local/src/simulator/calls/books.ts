import { z } from 'zod';
import type { EndedBy, Event, Kind, Mode } from './protocol.ts';

/** What the provider bills for one call, and how the call went. */
export type Account = Readonly<{
  id: string;
  kind: Kind;
  mode: Mode;
  model: string;
  /** `OpenAI-Safety-Identifier`, or a Live session's `safety_identifier`. */
  safetyIdentifier: string | undefined;
  openedAt: string;
  connectedAt: string | undefined;
  endedAt: string | undefined;
  endedBy: EndedBy | undefined;
  /** Each response once, with the usage of its `response.done`. */
  responses: readonly Readonly<{ id: string; usage: unknown }>[];
  transcriptions: readonly Readonly<{ itemId: string; usage: unknown }>[];
  /** Live: the seconds of the whole call. */
  seconds: number;
}>;

export type Book = Readonly<{
  enter: (event: Event) => void;
  connected: () => void;
  ended: (by: EndedBy) => void;
  account: () => Account;
}>;

export type Books = Readonly<{
  open: (head: Pick<Account, 'id' | 'kind' | 'mode' | 'model' | 'safetyIdentifier'>) => Book;
  /** For a call that was never made. */
  forget: (id: string) => void;
  of: (id: string) => Account | undefined;
  all: () => readonly Account[];
}>;

const accountsMax = 50_000;

const Billed = z.discriminatedUnion('type', [
  z.object({ type: z.literal('response.done'), response: z.object({ id: z.string(), usage: z.unknown().optional() }) }),
  z.object({
    type: z.literal('conversation.item.input_audio_transcription.completed'),
    item_id: z.string(),
    content_index: z.number().default(0),
    usage: z.unknown().optional(),
  }),
  z.object({
    type: z.enum(['session.usage.updated', 'session.closed']),
    usage: z.object({ seconds: z.number() }),
  }),
]);

// Most events cost nothing, and are not looked at further.
const billedTypes = new Set([
  ...['response.done', 'conversation.item.input_audio_transcription.completed'],
  ...['session.usage.updated', 'session.closed'],
]);

/** The provider's books: what its own events say, once. */
export function books(now: () => Date): Books {
  const kept = new Map<string, Book>();
  return {
    open(head) {
      // The oldest calls are forgotten, so that a long test needs no more and more memory.
      for (const id of kept.keys()) {
        if (kept.size < accountsMax) break;
        kept.delete(id);
      }
      const book = openBook(head, () => now().toISOString());
      kept.set(head.id, book);
      return book;
    },
    forget: (id) => void kept.delete(id),
    of: (id) => kept.get(id)?.account(),
    all: () => [...kept.values()].map((book) => book.account()),
  };
}

function openBook(head: Parameters<Books['open']>[0], time: () => string): Book {
  const responses = new Map<string, { id: string; usage: unknown }>();
  const transcriptions = new Map<string, { itemId: string; usage: unknown }>();
  const openedAt = time();
  let life: Pick<Account, 'connectedAt' | 'endedAt' | 'endedBy'> = {
    connectedAt: undefined,
    endedAt: undefined,
    endedBy: undefined,
  };
  let seconds = 0;
  return {
    enter(event) {
      if (!billedTypes.has(event.type)) return;
      const billed = Billed.safeParse(event).data;
      if (billed === undefined) return;
      if ('response' in billed) keepFirst(responses, billed.response.id, { usage: undefined, ...billed.response });
      else if ('item_id' in billed) {
        const { item_id: itemId, content_index: index, usage } = billed;
        keepFirst(transcriptions, `${itemId} ${index}`, { itemId, usage });
      } else seconds = Math.max(seconds, billed.usage.seconds);
    },
    connected: () => {
      life = { ...life, connectedAt: time() };
    },
    ended: (endedBy) => {
      life = { ...life, endedAt: time(), endedBy };
    },
    account: () => ({
      ...head,
      openedAt,
      ...life,
      responses: [...responses.values()],
      transcriptions: [...transcriptions.values()],
      seconds,
    }),
  };
}

function keepFirst<T extends { usage: unknown }>(entries: Map<string, T>, key: string, entry: T): void {
  if (entry.usage !== undefined && entry.usage !== null && !entries.has(key)) entries.set(key, entry);
}
