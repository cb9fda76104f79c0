import { randomBytes } from 'node:crypto';
import { z } from 'zod';

/** A server event. `afterMs` tells how long after the others that come with it it comes. */
export type Event = Readonly<Record<string, unknown> & { type: string; afterMs?: number | undefined }>;

export type Kind = 'realtime' | 'live';
/** Who begins a call: the holder of the API key, or a browser with an ephemeral secret. */
export type Mode = 'key' | 'ephemeral';
/** `hangup` is an end by the holder of the API key, and `simulator` one by the provider itself. */
export type EndedBy = 'hangup' | 'browser' | 'limit' | 'never-connected' | 'simulator';
/** Where a client event comes from: the browser's data channel, or a sideband. */
export type Side = 'channel' | 'sideband';

/** What follows from a client event. */
export type Heard = Readonly<{
  toAll?: readonly Event[];
  toSender?: readonly Event[];
  /** The agent takes its turn. */
  speaks?: boolean;
  ends?: boolean;
}>;

export type FunctionOutput = Readonly<{ callId: unknown; output: unknown }>;

/** One of the provider's two APIs, as one call speaks it. */
export type Protocol = Readonly<{
  /** What a connection hears first. Nothing of what was before is repeated. */
  greeting: (side: Side) => readonly Event[];
  hear: (event: ClientEvent, side: Side) => Heard;
  turn: (turn: number) => readonly Event[];
  /** What comes by itself, besides the turns. */
  beats: readonly Readonly<{ everyMs: number; events: () => readonly Event[] }>[];
  channelHears: (event: Event) => boolean;
  /** The last words of a call. */
  parting: (by: EndedBy) => readonly Event[];
  error: (code: string, message: string, event?: ClientEvent, param?: string) => Event;
  /** The outputs of functions that it was given. */
  outputs?: () => readonly FunctionOutput[];
  /** The effective configuration. */
  configuration: () => Readonly<Record<string, unknown>>;
}>;

const ClientEvent = z.looseObject({ type: z.string(), event_id: z.string().nullish() });
export type ClientEvent = Readonly<z.infer<typeof ClientEvent>>;

/** The event that a client sent, or `undefined` if it is none. */
export function readClientEvent(text: string): ClientEvent | undefined {
  try {
    return ClientEvent.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export const newId = (kind: string, bytes = 8): string => `${kind}_${randomBytes(bytes).toString('hex')}`;

/** What an error says beside its code, as each of the two APIs does it. */
type ErrorDetails = (event: ClientEvent | undefined, param: string | undefined) => object;

/** Makes the events that refuse a client event. */
export const errorsWith =
  (details: ErrorDetails): Protocol['error'] =>
  (code, message, event, param) =>
    made('error', { error: { type: 'invalid_request_error', code, message, ...details(event, param) } });

/** A server event with an id of its own. */
export const made = (type: string, fields: object = {}): Event => ({ type, event_id: newId('event'), ...fields });
