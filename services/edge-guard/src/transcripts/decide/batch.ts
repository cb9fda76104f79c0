/**
 * How far a call has got: the redaction state of its last words (`C`), and how much was said. Its names are those under
 * which it is stored.
 */
export type Progress<C> = Readonly<{ carry: C; messages: number; bytes: number }>;

/** What is known of a call between two batches of its words. */
export type CallState<C> = Readonly<{
  /** Behind the last batch, and before it: the same batch again is read as it was the first time. */
  after: Progress<C>;
  before: Progress<C>;
  /** Names the last batch. */
  batch: string;
}>;

/** More is no conversation: a page that sends it would fill the stream for everybody. */
export const callBytesMax = 4 * 1024 ** 2;

/** The state of a call of which nothing was read. */
export function initialState<C>(carry: C): CallState<C> {
  const nothing = { carry, messages: 0, bytes: 0 };
  return { after: nothing, before: nothing, batch: '' };
}

export type Batch = Readonly<{ name: string; messages: number; bytes: number }>;

/** Where a batch begins; `undefined` when the call has said too much. */
export function startOf<C>(state: CallState<C>, { name, bytes }: Batch): Progress<C> | undefined {
  const from = state.batch === name ? state.before : state.after;
  return from.bytes + bytes > callBytesMax ? undefined : from;
}

/** The state behind a batch that began at `before`. */
export const stateAfter = <C>(before: Progress<C>, { name, messages, bytes }: Batch, carry: C): CallState<C> => ({
  after: { carry, messages: before.messages + messages, bytes: before.bytes + bytes },
  before,
  batch: name,
});
