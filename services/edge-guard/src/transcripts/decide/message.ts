import type { TranscriptRole } from '@vox/contracts';

/** One message of a call, as a page sends it. */
export type SentMessage = Readonly<{
  /** The provider’s id of the item. */
  id: string;
  role: TranscriptRole;
  text: string;
  ts: string;
  meta?: Readonly<Record<string, unknown>> | undefined;
}>;

/** Each id once, as it came first, with its place in the batch. */
export function onceEach<M extends SentMessage>(sent: readonly M[]): (M & { sequence: number })[] {
  const seen = new Set<string>();
  return sent.map((message, sequence) => ({ ...message, sequence })).filter(({ id }) => !seen.has(id) && seen.add(id));
}
