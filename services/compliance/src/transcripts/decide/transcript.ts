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
    /** Kept so far, each message and its text in UTF-8. After a crash it may be too high until it is finalised. */
    messages: number;
    bytes: number;
    /** What is accepted at the door later than this is late: the end of the call and a grace. */
    closesAtMs: number | null;
    /** The page said that it had sent all. */
    complete: boolean;
    /** Nothing is added from then on. */
    finalisedAtMs: number | null;
    /** No stream holds a word of it any more. */
    clearedAtMs: number | null;
  }>;

/** What is accepted at the door so long after the end of its call still belongs to it. */
export const standardGraceMs = 120_000;
/** Longer than a message that was accepted in time needs from the door into its stream. */
const settleMs = 15_000;
/** No call that anybody holds is longer. */
export const messagesMax = 5_000;
export const bytesMax = 4 * 1024 ** 2;

export type Message = Readonly<{ bytes: number; acceptedAtMs: number }>;
export type Taken =
  | Readonly<{ kind: 'taken'; transcript: Transcript }>
  | Readonly<{ kind: 'refused'; why: 'finalised' | 'late' | 'full' }>;

/** A transcript that nothing was heard for yet, not even the end of its call. */
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

/** A place for one more message. Whether it came in time is judged by when it was accepted, however long it waited since. */
export function take(transcript: Transcript, { bytes, acceptedAtMs }: Message): Taken {
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
export const giveBack = (transcript: Transcript, { bytes }: Pick<Message, 'bytes'>): Transcript =>
  transcript.finalisedAtMs !== null
    ? transcript
    : { ...transcript, messages: Math.max(0, transcript.messages - 1), bytes: Math.max(0, transcript.bytes - bytes) };

/** The call is over; what is accepted within the grace still belongs to it. The first end that is told stands. */
export const over = (transcript: Transcript, endedAtMs: number, graceMs: number): Transcript =>
  transcript.endedAtMs !== null ? transcript : { ...transcript, endedAtMs, closesAtMs: endedAtMs + graceMs };

export type Tally = Readonly<{ messages: number; bytes: number }>;

/** Closed for ever, with what is really there. */
export const finalised = (transcript: Transcript, tally: Tally, nowMs: number): Transcript =>
  transcript.finalisedAtMs !== null ? transcript : { ...transcript, ...tally, finalisedAtMs: nowMs };

/** When somebody must look at it: once what was accepted in time is sure to have come, and until no stream holds any of it. */
export const dueAtMs = ({ closesAtMs, clearedAtMs }: Transcript): number | undefined =>
  closesAtMs === null || clearedAtMs !== null ? undefined : closesAtMs + settleMs;

/** Whether a tenant keeps what is said, and what the visitor said last of its words being kept: yes, no, or nothing yet. */
export type Keeping = Readonly<{
  retentionDays: number;
  consentDemanded: boolean;
  isGiven: boolean;
  isTakenBack: boolean;
}>;

/** Nothing where the tenant keeps nothing, or the visitor said no; else all, unless a yes is demanded and there is none. */
export const mayKeep = ({ retentionDays, consentDemanded, isGiven, isTakenBack }: Keeping): boolean =>
  retentionDays > 0 && !isTakenBack && (isGiven || !consentDemanded);
