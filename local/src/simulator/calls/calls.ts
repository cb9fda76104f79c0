import type { Faults } from '../faults.ts';
import type { Conversation, Settings } from '../settings.ts';
import { type Account, type Book, type Books, books } from './books.ts';
import { beginCall, type Call } from './call.ts';
import { type EndedBy, type Event, type Kind, type Mode, newId, type Protocol } from './protocol.ts';

export type CallsOptions = Readonly<{
  now: () => Date;
  faults: Pick<Faults, 'next'>;
  settings: () => Settings;
  conversation: () => Conversation;
}>;

export type Wanted = Readonly<{
  kind: Kind;
  mode: Mode;
  offer: string;
  model: string;
  safetyIdentifier: string | undefined;
  protocol: (call: Readonly<{ id: string; book: Book; expiresAt: number }>) => Protocol;
}>;

export type Calls = Readonly<{
  /** Throws what werift throws of an offer that it cannot read. */
  begin: (wanted: Wanted) => Promise<Readonly<{ id: string; answer: string }>>;
  /** A call that lives. */
  find: (id: string) => Call | undefined;
  /** Answers whether there was such a call to end. */
  end: (id: string, by: EndedBy) => Promise<boolean>;
  endAll: (by: EndedBy) => Promise<void>;
  /** Sends server events to all connections of a call and bills them. Answers whether there is such a call. */
  emit: (id: string, events: readonly Event[]) => boolean;
  /** Takes client events as if the browser's data channel had brought them. Answers whether there is such a call. */
  hearBrowser: (id: string, events: readonly Event[]) => boolean;
  books: Pick<Books, 'of' | 'all'>;
  show: (id: string) => object | undefined;
  open: () => readonly Call[];
  /** How many sidebands there are, also of calls that have ended. */
  sidebands: () => number;
}>;

/** Every call of the provider, by its id. A call is forgotten when it has ended and no sideband of it is left. */
export function callsOf({ now, faults, settings, conversation }: CallsOptions): Calls {
  const known = new Map<string, Call>();
  const ledger = books(now);
  const find = (id: string): Call | undefined => {
    const call = known.get(id);
    return call?.isOpen() === true ? call : undefined;
  };
  async function begin({ kind, mode, offer, model, safetyIdentifier, protocol }: Wanted) {
    const id = newId(kind === 'live' ? 'live' : 'rtc', 12);
    const book = ledger.open({ id, kind, mode, model, safetyIdentifier });
    const held = settings();
    const expiresAt = Math.floor((now().getTime() + held.callMs) / 1_000);
    try {
      const call = await beginCall({
        ...{ mode, offer, book, faults, settings: held, turnMs: conversation().turnMs },
        protocol: protocol({ id, book, expiresAt }),
        onOver: () => known.delete(id),
      });
      if (call.isOpen()) known.set(id, call);
      return { id, answer: call.answer };
    } catch (error) {
      ledger.forget(id);
      throw error;
    }
  }
  async function end(id: string, by: EndedBy): Promise<boolean> {
    const call = find(id);
    if (call === undefined) {
      known.get(id)?.release();
      return false;
    }
    await call.end(by);
    return true;
  }
  return {
    ...{ begin, find, end, books: ledger },
    endAll: async (by) => void (await Promise.all([...known.keys()].map((id) => end(id, by)))),
    emit(id, events) {
      const call = find(id);
      call?.emit(events.map((event) => ({ event_id: newId('event'), ...event })));
      return call !== undefined;
    },
    hearBrowser(id, events) {
      const call = find(id);
      for (const event of events) call?.hearBrowser(event);
      return call !== undefined;
    },
    show: (id) => find(id)?.show(),
    open: () => [...known.values()].filter((call) => call.isOpen()),
    sidebands: () => [...known.values()].reduce((sum, call) => sum + call.sidebands(), 0),
  };
}

/** What a test in the same process does with calls, besides the HTTP routes under `/simulator`. */
export type CallsDoor = Readonly<{
  emit: Calls['emit'];
  hearBrowser: Calls['hearBrowser'];
  /** Ends a call as a browser does that closes its connection. */
  leave: (id: string) => Promise<boolean>;
  /** Ends a call from the provider's side. */
  hangUp: (id: string) => Promise<boolean>;
  books: () => readonly Account[];
  show: Calls['show'];
}>;

export const doorTo = (calls: Calls): CallsDoor => ({
  emit: calls.emit,
  hearBrowser: calls.hearBrowser,
  leave: (id) => calls.end(id, 'browser'),
  hangUp: (id) => calls.end(id, 'simulator'),
  books: calls.books.all,
  show: calls.show,
});
