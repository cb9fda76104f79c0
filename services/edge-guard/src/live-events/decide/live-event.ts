import type { CallEvent, CallMode } from '@vox/contracts';

/** What is left of a call. The numbers of its budget are null while it cannot be asked. */
type Remaining = Readonly<{
  kind: 'remaining';
  seconds: number;
  tokens: number | null;
  dollars: number | null;
  endsAt: string;
}>;

/** An event under its name. */
export type NamedEvent = Readonly<{ kind: string }>;

/** What the page of a call hears of it while it lives. */
export type LiveEvent = CallEvent | Remaining;

/**
 * An event as text (Server-Sent Events, WHATWG HTML §9.2.5). JSON holds no line break, so its data is one line,
 * whatever somebody said.
 */
export const textOf = (id: string, { kind, ...data }: NamedEvent): string =>
  `id: ${id}\nevent: ${kind}\ndata: ${JSON.stringify(data)}\n\n`;

/** A comment: nothing is said, and the line is there. */
export const silence = ': here\n\n';

/** Tells a page how long to wait before it comes back, in milliseconds. */
export const retryAfter = (ms: number): string => `retry: ${ms}\n\n`;

/** Pages that lose their streams together come back one after the other: 0.25 to 2.3 seconds, by one random byte. */
export const retryMsOf = (byte: number): number => 250 + 8 * byte;

/** The id of an event: when its stream began, in epoch milliseconds, and the event’s place in it. */
export const eventIdOf = (beganMs: number, place: number): string => `${beganMs}-${place}`;

/** When the stream began that has said an event of this id; `undefined` for what is no id of ours. */
export function beganMsOf(eventId: string | undefined): number | undefined {
  const began = /^(\d{1,15})-\d{1,15}$/.exec(eventId ?? '')?.[1];
  return began === undefined ? undefined : Number(began);
}

/**
 * The state with which a stream begins: nobody keeps the last one, and the next tells it. A direct call is connected
 * when its page opens the stream.
 */
export const firstState = (mode: CallMode, durationSeconds: number): LiveEvent => ({
  kind: 'state',
  state: mode === 'brokered' && durationSeconds === 0 ? 'connecting' : 'listening',
});

/** What the server knows of a direct call, whose words and settings it does not hear. */
const toldInAny: ReadonlySet<LiveEvent['kind']> = new Set(['state', 'ended', 'tool', 'link', 'consent-wanted']);

/** Whether the page of a call is told such an event. */
export const isToldIn = (mode: CallMode, { kind }: LiveEvent): boolean => mode === 'brokered' || toldInAny.has(kind);
