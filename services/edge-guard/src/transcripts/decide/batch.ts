/** How far a call has got: what the redactor carries (`C`), and how much was said. */
export type Progress<C> = Readonly<{ carry: C; messages: number; bytes: number }>;

/** What is remembered of a call between two batches of its words. */
export type Remembered<C> = Readonly<{
  /** Behind the last batch, and before it: the same batch again is read as it was the first time. */
  after: Progress<C>;
  before: Progress<C>;
  /** Names the last batch. */
  batch: string;
}>;

/** More is no conversation: a page that sends it would fill the stream for everybody. */
export const callBytesMax = 4 * 1024 ** 2;

export function begun<C>(carry: C): Remembered<C> {
  const nothing = { carry, messages: 0, bytes: 0 };
  return { after: nothing, before: nothing, batch: '' };
}

export type Batch = Readonly<{ name: string; messages: number; bytes: number }>;

/** Where a batch begins; `undefined` when the call has said too much. */
export function beginning<C>(known: Remembered<C>, { name, bytes }: Batch): Progress<C> | undefined {
  const from = known.batch === name ? known.before : known.after;
  return from.bytes + bytes > callBytesMax ? undefined : from;
}

export const behind = <C>(before: Progress<C>, { name, messages, bytes }: Batch, carry: C): Remembered<C> => ({
  after: { carry, messages: before.messages + messages, bytes: before.bytes + bytes },
  before,
  batch: name,
});
