import type { Faults } from '../faults.ts';
import type { Settings } from '../settings.ts';
import type { Book } from './books.ts';
import { lifeOf } from './life.ts';
import { type Line, linesOf } from './lines.ts';
import { emptyAnswer, hasChannel, hasVideo } from './offer.ts';
import { answerPeer, type Peer, type PeerEvents } from './peer.ts';
import type { EndedBy, Event, Mode, Protocol } from './protocol.ts';
import { talkOf } from './talk.ts';
import { timersOf } from './timers.ts';

export type CallOptions = Readonly<{
  mode: Mode;
  offer: string;
  protocol: Protocol;
  book: Book;
  settings: Settings;
  turnMs: number;
  faults: Pick<Faults, 'next'>;
  /** The call has ended, and no sideband of it is left. */
  onOver: () => void;
}>;

/** A connected sideband: takes what it says, and that it is gone. */
export type Attached = Readonly<{ hear: (text: string) => void; leave: () => void }>;

export type Call = Readonly<{
  mode: Mode;
  answer: string;
  isOpen: () => boolean;
  isConnected: () => boolean;
  /** Resolves as soon as the browser is connected or the call has ended. */
  whenConnected: Promise<void>;
  attach: (line: Line) => Attached;
  emit: (events: readonly Event[]) => void;
  /** Takes a client event as if the browser's data channel had brought it. */
  hearBrowser: (event: Event) => void;
  /** Ends it, once. Resolves when the connection to the browser is closed. */
  end: (by: EndedBy) => Promise<void>;
  /** Closes the sidebands of a call whose browser has left in silence. */
  release: () => void;
  packetsHeard: () => number;
  sidebands: () => number;
  /** What a test may want to know of it. */
  show: () => object;
}>;

/** Answers an offer, and begins its call. Throws what werift throws of an offer that it cannot read. */
export async function beginCall({ mode, offer, ...options }: CallOptions): Promise<Call> {
  const { protocol, book, settings } = options;
  const [timers, lines] = [timersOf(), linesOf(protocol.channelHears)];
  const connection = Promise.withResolvers<void>();
  let isConnected = false;
  let peer: Peer | undefined;
  const closePeer = async (): Promise<void> => {
    connection.resolve();
    await peer?.close();
  };
  const life = lifeOf({ ...options, lines, timers, closePeer });
  const talk = talkOf({ ...options, lines, timers, onEnd: () => void life.end('hangup') });
  const events: PeerEvents = {
    onConnected() {
      if (isConnected || !life.isOpen()) return;
      isConnected = true;
      book.connected();
      connection.resolve();
      if (settings.media === 'none' || !hasChannel(offer)) talk.begin();
    },
    onChannel(line) {
      lines.takeChannel(line);
      talk.greet(line, 'channel');
      if (life.isOpen()) talk.begin();
      return (text) => life.isOpen() && talk.hear(line, 'channel', text);
    },
    onGone: () => void life.end('browser'),
  };

  peer = settings.media === 'none' ? nobody(offer, book.account().id) : await answerPeer(offer, events);
  timers.after(settings.callMs, () => void life.end('limit'));
  if (settings.media === 'none') events.onConnected();
  else
    timers.after(settings.connectMs, () => {
      if (!isConnected) void life.end('never-connected');
    });
  return {
    ...{ mode, answer: peer.answer, packetsHeard: peer.packetsHeard, emit: talk.emit },
    ...{ isOpen: life.isOpen, end: life.end, release: life.release },
    isConnected: () => isConnected,
    sidebands: lines.sidebands,
    whenConnected: connection.promise,
    hearBrowser: (event) => talk.hear(nowhere, 'channel', JSON.stringify(event)),
    attach(line) {
      lines.addSideband(line);
      talk.greet(line, 'sideband');
      const leave = (): void => {
        lines.dropSideband(line);
        life.left();
      };
      return { hear: (text) => life.isOpen() && talk.hear(line, 'sideband', text), leave };
    },
    show: () => ({
      offered: { channel: hasChannel(offer), video: hasVideo(offer) },
      connected: isConnected,
      sidebands: lines.sidebands(),
      session: protocol.configuration(),
      outputs: protocol.outputs?.() ?? [],
    }),
  };
}

const nowhere: Line = { say: () => undefined, close: () => undefined };
const nobody = (offer: string, id: string): Peer => ({
  answer: emptyAnswer(offer, id),
  packetsHeard: () => 0,
  close: async () => undefined,
});
