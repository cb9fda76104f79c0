/** What compliance knows of a call: who it was with and when. It outlives the words that were said in it. */
export type Call = Readonly<{
  tenantId: string;
  sessionId: string;
  subjectId: string;
  agentId: string;
  startedAtMs: number;
  endedAtMs: number | null;
}>;

/** All of a transcript but its words. */
export type Transcript = Call &
  Readonly<{
    /** Kept so far: messages, and bytes of their text in UTF-8. After a crash both may be too high until finalised. */
    messages: number;
    bytes: number;
    /** The end of the call and a grace. What the edge accepts later is late. */
    closesAtMs: number | null;
    /** The page said that it had sent all. */
    complete: boolean;
    /** Nothing is added from then on. */
    finalisedAtMs: number | null;
    /** No stream holds a word of it any more. */
    clearedAtMs: number | null;
  }>;

/** What the edge accepts so long after the end of a call still belongs to it. */
export const standardGraceMs = 120_000;
/** Longer than a message that was accepted in time needs from the edge into its stream. */
const settleMs = 15_000;
/** No call that anybody holds is longer. */
export const messagesMax = 5_000;
export const bytesMax = 4 * 1024 ** 2;

/** What is known of a message before it has a place. */
export type Message = Readonly<{ bytes: number; acceptedAtMs: number }>;
export type PlaceDecision =
  | Readonly<{ kind: 'taken'; transcript: Transcript }>
  | Readonly<{ kind: 'refused'; why: 'finalised' | 'late' | 'full' }>;

/** The transcript of a call of which nothing was heard yet, not even its end. */
export const opened = (call: Call): Transcript => ({
  ...call,
  endedAtMs: null,
  messages: 0,
  bytes: 0,
  closesAtMs: null,
  complete: false,
  finalisedAtMs: null,
  clearedAtMs: null,
});

/**
 * A place for one more message. Whether it came in time is judged by when the edge accepted it, however long it waited
 * since.
 */
export function takePlace(transcript: Transcript, { bytes, acceptedAtMs }: Message): PlaceDecision {
  if (transcript.finalisedAtMs !== null) return { kind: 'refused', why: 'finalised' };
  if (transcript.closesAtMs !== null && acceptedAtMs > transcript.closesAtMs) return { kind: 'refused', why: 'late' };
  if (transcript.messages >= messagesMax || transcript.bytes + bytes > bytesMax)
    return { kind: 'refused', why: 'full' };
  return {
    kind: 'taken',
    transcript: { ...transcript, messages: transcript.messages + 1, bytes: transcript.bytes + bytes },
  };
}

/** A place that was taken and not needed. */
export const releasePlace = (transcript: Transcript, { bytes }: Pick<Message, 'bytes'>): Transcript =>
  transcript.finalisedAtMs !== null
    ? transcript
    : { ...transcript, messages: Math.max(0, transcript.messages - 1), bytes: Math.max(0, transcript.bytes - bytes) };

/** The call is over; what is accepted within the grace still belongs to it. The first end that is heard stands. */
export const ended = (transcript: Transcript, endedAtMs: number, graceMs: number): Transcript =>
  transcript.endedAtMs !== null ? transcript : { ...transcript, endedAtMs, closesAtMs: endedAtMs + graceMs };

/** How many messages are kept, and their bytes. */
export type UtteranceCount = Readonly<{ messages: number; bytes: number }>;

/** Closed for ever, with what is really there. Nothing is added from then on. */
export const finalised = (transcript: Transcript, counted: UtteranceCount, nowMs: number): Transcript =>
  transcript.finalisedAtMs !== null ? transcript : { ...transcript, ...counted, finalisedAtMs: nowMs };

/**
 * When somebody must look at it: once everything that was accepted in time is sure to have come, and until no stream
 * holds any of it.
 */
export const dueAtMs = ({ closesAtMs, clearedAtMs }: Transcript): number | undefined =>
  closesAtMs === null || clearedAtMs !== null ? undefined : closesAtMs + settleMs;

/** What a tenant keeps of what is said, and what the visitor last said about that: yes, no, or nothing yet. */
export type Keeping = Readonly<{
  retentionDays: number;
  consentDemanded: boolean;
  isGiven: boolean;
  isTakenBack: boolean;
}>;

/**
 * Nothing is kept where the tenant keeps nothing or the visitor said no. Else all is kept, unless a yes is demanded and
 * there is none.
 */
export const mayKeep = ({ retentionDays, consentDemanded, isGiven, isTakenBack }: Keeping): boolean =>
  retentionDays > 0 && !isTakenBack && (isGiven || !consentDemanded);

/**
 * What stays in the place of a transcript whose person was erased: no word, no message, closed and cleared, so that
 * nothing that comes late is kept.
 */
export function tombstone(transcript: Transcript, nowMs: number): Transcript {
  const closed = finalised(transcript, { messages: 0, bytes: 0 }, nowMs);
  return {
    ...closed,
    messages: 0,
    bytes: 0,
    endedAtMs: closed.endedAtMs ?? nowMs,
    clearedAtMs: closed.clearedAtMs ?? nowMs,
  };
}
