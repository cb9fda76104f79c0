import type { Book } from '../calls/books.ts';
import {
  type ClientEvent,
  type EndedBy,
  type Event,
  errorsWith,
  type Heard,
  made,
  type Protocol,
  type Side,
} from '../calls/protocol.ts';
import type { Conversation, Settings } from '../settings.ts';
import { type LiveResource, type LiveSession, resourceOf } from './session.ts';
import { eventsOfLiveTurn, isMirrored, mirrored } from './turn.ts';

export type LiveOptions = Readonly<{
  id: string;
  session: LiveSession;
  conversation: Conversation;
  settings: Pick<Settings, 'usageMs' | 'mirrorMs'>;
  expiresAt: number;
  book: Pick<Book, 'account'>;
  now: () => Date;
}>;

/** Client events that make a short answer, and nothing else. */
const acknowledged = new Map([
  ['session.input_audio.mute', 'session.input_audio.muted'],
  ['session.input_audio.unmute', 'session.input_audio.unmuted'],
  ['session.instructions.append', 'session.instructions.appended'],
  ['session.thinking.append', 'session.thinking.appended'],
  ['session.commentary.append', 'session.commentary.appended'],
]);
const taken = new Set([
  ...['session.output_audio.fixture.play', 'decision.create', 'decision.item.create', 'decision.item.delete'],
  ...['response.item.create', 'response.create'],
]);
const reasons: Readonly<Record<EndedBy, string>> = {
  hangup: 'close_requested',
  browser: 'remote_hangup',
  limit: 'expired',
  'never-connected': 'connection_lost',
  simulator: 'connection_lost',
};

/** The Live API, as one session speaks it. */
export function liveProtocol({ id, session, conversation, settings, expiresAt, book, now }: LiveOptions): Protocol {
  let resource = resourceOf(session, id, expiresAt);
  const channel = session.client?.data_channel;
  const [mayBeSaid, mayBeHeard] = [channel?.allowed_client_events ?? 'all', channel?.allowed_server_events ?? 'all'];

  /** How long the session has been connected. */
  const elapsedMs = (): number => {
    const { connectedAt } = book.account();
    return connectedAt === undefined ? 0 : now().getTime() - Date.parse(connectedAt);
  };
  /** By the clock, where no test says how much was used. */
  const usage = (): { seconds: number } => ({
    seconds: Math.max(book.account().seconds, settings.usageMs === 0 ? 0 : Math.ceil(elapsedMs() / 1_000)),
  });
  function hear(event: ClientEvent, side: Side): Heard {
    if (side === 'channel' && mayBeSaid !== 'all' && !mayBeSaid.includes(event.type))
      return { toSender: [error('event_not_allowed', 'This connection may not send such events.', event, 'type')] };
    if (event.type === 'session.close') return { ends: true };
    if (event.type === 'session.update') return update(event);
    const answer = acknowledged.get(event.type);
    if (answer !== undefined) return { toAll: [made(answer, acknowledgement(event, elapsedMs()))] };
    if (taken.has(event.type)) return {};
    return { toSender: [error('invalid_value', 'There is no such client event here.', event, 'type')] };
  }
  function update(event: ClientEvent): Heard {
    const wanted = changed(resource, event.session);
    if (typeof wanted === 'string')
      return { toSender: [error('immutable_parameter', 'This cannot change after the start.', event, wanted)] };
    resource = wanted;
    return { toAll: [made('session.updated', { session: resource })] };
  }
  const beats = [
    { everyMs: settings.usageMs, events: () => [made('session.usage.updated', { usage: usage() })] },
    { everyMs: settings.mirrorMs, events: () => mirrored(elapsedMs()) },
  ];
  return {
    greeting: (side) => [
      made('session.started', { session: resource }),
      ...(side === 'channel' && channel !== undefined ? [permissions()] : []),
    ],
    hear,
    turn: (turn) => eventsOfLiveTurn(turn, conversation.script, elapsedMs()),
    beats: beats.filter(({ everyMs }) => everyMs > 0),
    channelHears: (event) =>
      !isMirrored(event) && (mayBeHeard === 'all' || mayBeHeard.some(({ type }) => type === event.type)),
    parting: (by) => [made('session.closed', { reason: reasons[by], session: resource, usage: usage() })],
    error,
    configuration: () => resource,
  };
}

/** A resource with what an update may change, or the name of the first field that it may not. */
function changed(resource: LiveResource, update: unknown): LiveResource | string {
  const { delegation, triggers, ...others } = (update ?? {}) as Record<string, unknown>;
  const [immutable] = Object.keys(others);
  if (immutable !== undefined) return `session.${immutable}`;
  const over = (delegation ?? {}) as { type?: string };
  if (over.type !== undefined && over.type !== resource.delegation.type) return 'session.delegation.type';
  return {
    ...resource,
    delegation: { ...resource.delegation, ...over },
    ...(triggers !== undefined && { triggers }),
  };
}

const acknowledgement = ({ type, event_id: id }: ClientEvent, atMs: number) => ({
  ...(type.endsWith('.append') && { start_ms: atMs, end_ms: atMs }),
  ...(typeof id === 'string' && { client_event_id: id }),
});

const permissions = (): Event =>
  made('info', { code: 'data_channel_permissions', message: 'Some events are not for this connection.' });

const error = errorsWith((event, param) => ({
  ...(param !== undefined && { param }),
  ...(typeof event?.event_id === 'string' && { client_event_id: event.event_id }),
}));
