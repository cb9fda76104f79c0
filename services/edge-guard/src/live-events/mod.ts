export { lastEvent } from './accept/last-event.ts';
export { sendEvents } from './accept/send-events.ts';
export { type Line, newLine } from './command/line.ts';
export { refusalOf } from './command/refusal-of.ts';
export type { OpenStreams } from './keep/open-streams.ts';
