import type { Fault, Faults } from '../faults.ts';
import type { Book } from './books.ts';
import type { Line, Lines } from './lines.ts';
import { type Event, type Heard, type Protocol, readClientEvent, type Side } from './protocol.ts';
import type { Timers } from './timers.ts';

export type TalkOptions = Readonly<{
  protocol: Protocol;
  book: Book;
  lines: Lines;
  timers: Timers;
  /** Pause between two turns. At 0 nobody speaks unless somebody asks for a response. */
  turnMs: number;
  faults: Pick<Faults, 'next'>;
  onEnd: () => void;
}>;

export type Talk = Readonly<{
  /** Lets the conversation run by itself. It begins once. */
  begin: () => void;
  greet: (line: Line, side: Side) => void;
  hear: (line: Line, side: Side, text: string) => void;
  /** Bills the events and sends them to every connection, with the fault that is armed next. */
  emit: (events: readonly Event[]) => void;
}>;

/** What is said in one call. */
export function talkOf({ protocol, book, lines, timers, turnMs, faults, onEnd }: TalkOptions): Talk {
  let turn = 0;
  let begun = false;
  function happen(events: readonly Event[], fault?: Fault): void {
    const now = events.filter(({ afterMs }) => afterMs === undefined);
    for (const event of now) book.enter(event);
    lines.toAll(arranged(now, fault));
    for (const { afterMs, ...event } of events)
      if (afterMs !== undefined) timers.after(afterMs, () => happen([event], fault));
  }
  const emit = (events: readonly Event[]): void => happen(events, faults.next('events'));
  function takeTurn(): void {
    emit(protocol.turn(turn));
    turn += 1;
  }
  function begin(): void {
    if (begun) return;
    begun = true;
    if (turnMs > 0) timers.every(turnMs, takeTurn);
    for (const { everyMs, events } of protocol.beats) timers.every(everyMs, () => happen(events()));
  }
  function hear(line: Line, side: Side, text: string): void {
    const event = readClientEvent(text);
    const unread = { toSender: [protocol.error('invalid_json', 'This is no client event.')] };
    const { toAll = [], toSender = [], speaks, ends }: Heard = event ? protocol.hear(event, side) : unread;
    lines.toOne(line, toSender);
    happen(toAll);
    if (speaks) takeTurn();
    if (ends) onEnd();
  }
  return { begin, hear, emit, greet: (line, side) => lines.toOne(line, protocol.greeting(side)) };
}

function arranged(events: readonly Event[], fault: Fault | undefined): readonly Event[] {
  if (fault?.kind === 'disorder') return events.toReversed();
  if (fault?.kind === 'double') return events.flatMap((event) => [event, event]);
  return fault?.kind === 'silence' ? [] : events;
}
