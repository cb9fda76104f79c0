import { type Event, made } from '../calls/protocol.ts';
import type { Script } from '../realtime/turn.ts';

const wordMs = 300;
/** 100 ms of silence, as raw mono PCM of 16 bits at 24 kHz. */
const silence = Buffer.alloc(4_800).toString('base64');
const pieceMs = 100;

/** The words of one turn, first the visitor's and then the agent's. Live has no event that ends them. */
export function eventsOfLiveTurn(turn: number, { heard, said }: Script, startMs: number): readonly Event[] {
  const [theirs, ours] = [heard[turn % heard.length] ?? '', said[turn % said.length] ?? ''];
  const theirEvents = deltas('session.input_transcript.delta', theirs, startMs);
  const ourEvents = deltas('session.output_transcript.delta', ours, startMs + theirEvents.length * wordMs);
  return [...theirEvents, ...ourEvents];
}

const deltas = (type: string, text: string, startMs: number): readonly Event[] =>
  text.split(/(?<= )/).map((delta, at) => {
    const from = startMs + at * wordMs;
    return made(type, { delta, start_ms: from, end_ms: from + wordMs });
  });

/** What is heard of both sides at a moment. Only sidebands get it, and it has no ids. */
export const mirrored = (startMs: number): readonly Event[] => [
  { type: 'session.input_audio.append', audio: silence },
  { type: 'session.output_audio.delta', delta: silence, start_ms: startMs, end_ms: startMs + pieceMs },
];
export const isMirrored = ({ type }: Event): boolean =>
  type === 'session.input_audio.append' || type === 'session.output_audio.delta';
