import type { HttpCall, RunnableTool, ToolReason, ToolUseOutcome, ToolVia } from '@vox/contracts';

/** What became of a use that is over, in figures: what its fact says. */
export type UseFigures = Readonly<{
  outcome: ToolUseOutcome;
  reason?: ToolReason | undefined;
  ok: boolean;
  host?: string | undefined;
  method?: HttpCall['method'] | undefined;
  status?: number | undefined;
  ms: number;
  bytesOut: number;
  bytesIn: number;
}>;

/** One use of a tool that was begun in a call. Nothing of what was said in it stands here in the open. */
export type ToolUse = Readonly<{
  name: string;
  kind: RunnableTool['kind'];
  via: ToolVia;
  /** A keyed hash of name and arguments: the same id means the same use. */
  mark: string;
  /** Who began it: a change that was thought lost is known again by it. */
  by: string;
  begunAtMs: number;
  /** By when whoever runs it has an answer, or has died. */
  overByMs: number;
  costMicros?: number | undefined;
  done?: UseFigures | undefined;
  doneAtMs?: number | undefined;
  /** What was answered, sealed, for whoever asks again soon. */
  sealed?: string | undefined;
  isTold?: true | undefined;
}>;

/** The uses of one call. It is the arbiter of "once", and counts them. */
export type SessionUses = Readonly<{
  tenantId: string;
  /** No use begins later. */
  untilMs: number;
  uses: Readonly<Record<string, ToolUse>>;
  /** The person was erased: no answer is kept any more. */
  isErased?: true | undefined;
}>;

export type SessionLimits = Readonly<{ perSession: number; ofToolPerSession: number }>;
export type BeganUse =
  | Readonly<{ kind: 'begun' }>
  | Readonly<{ kind: 'known'; use: ToolUse }>
  | Readonly<{ kind: 'full' }>;

/** An answer is kept for so long: a redelivery comes within seconds, and what a tool answered is personal data. */
export const answerKeptMs = 120_000;
/** So many answers of one call are kept at most. */
const answersKept = 4;
/** The uses of a call are remembered for so long behind its end. */
const rememberedMs = 60_000;
/** Whoever has the answer says so at once. What is not told after so long was left by a crash. */
const tellAfterMs = 10_000;

/** Begins a use, unless it was begun before or the call has had its share. */
export function begin(
  known: SessionUses | undefined,
  { useId, use, limits, tenantId, endsAtMs }: NewUse,
): Readonly<{ result: BeganUse; state?: SessionUses }> {
  const uses = known?.uses ?? {};
  const before = uses[useId];
  if (before !== undefined)
    return { result: before.by === use.by ? { kind: 'begun' } : { kind: 'known', use: before } };
  const all = Object.values(uses);
  const ofTool = all.filter(({ name }) => name === use.name).length;
  if (all.length >= limits.perSession || ofTool >= limits.ofToolPerSession) return { result: { kind: 'full' } };
  const state = {
    ...{ tenantId, uses: { ...uses, [useId]: use } },
    untilMs: Math.max(known?.untilMs ?? 0, endsAtMs + rememberedMs, use.overByMs + rememberedMs),
    ...(known?.isErased && { isErased: true as const }),
  };
  return { result: { kind: 'begun' }, state };
}

export type NewUse = Readonly<{
  useId: string;
  use: ToolUse;
  limits: SessionLimits;
  tenantId: string;
  endsAtMs: number;
}>;

/** The uses without one of which nothing has left. */
export function released(known: SessionUses, useId: string, by: string): SessionUses {
  if (known.uses[useId]?.by !== by) return known;
  const { [useId]: _gone, ...uses } = known.uses;
  return { ...known, uses };
}

/** The uses with what became of one. What was decided first stands. */
export function finished(
  known: SessionUses,
  useId: string,
  { done, sealed, nowMs }: Readonly<{ done: UseFigures; sealed?: string | undefined; nowMs: number }>,
): SessionUses {
  const use = known.uses[useId];
  if (use === undefined || use.done !== undefined) return known;
  const kept = known.isErased ? undefined : sealed;
  return withoutOldAnswers(
    { ...known, uses: { ...known.uses, [useId]: { ...use, done, doneAtMs: nowMs, sealed: kept } } },
    nowMs,
  );
}

export function told(known: SessionUses, useId: string): SessionUses {
  const use = known.uses[useId];
  if (use === undefined || use.isTold) return known;
  return { ...known, uses: { ...known.uses, [useId]: { ...use, isTold: true } } };
}

const changed = (known: SessionUses, change: (use: ToolUse, useId: string) => ToolUse): SessionUses => ({
  ...known,
  uses: Object.fromEntries(Object.entries(known.uses).map(([useId, use]) => [useId, change(use, useId)])),
});

/** Drops answers that nobody will ask for again. */
export function withoutOldAnswers(known: SessionUses, nowMs: number): SessionUses {
  const newest = Object.entries(known.uses)
    .filter(([, { sealed, doneAtMs = 0 }]) => sealed !== undefined && doneAtMs + answerKeptMs > nowMs)
    .sort(([, one], [, other]) => (other.doneAtMs ?? 0) - (one.doneAtMs ?? 0))
    .slice(0, answersKept)
    .map(([useId]) => useId);
  return changed(known, (use, useId) => {
    if (use.sealed === undefined || newest.includes(useId)) return use;
    const { sealed: _dropped, ...left } = use;
    return left;
  });
}

/** The uses of a call whose person is erased: no answer stays, and none is kept from now on. */
export const erased = (known: SessionUses): SessionUses => ({
  ...changed(known, ({ sealed: _dropped, ...use }) => use),
  isErased: true,
});

const tellAtMs = ({ isTold, doneAtMs, overByMs }: ToolUse): number | undefined =>
  isTold ? undefined : (doneAtMs ?? overByMs) + tellAfterMs;

/** The uses of which somebody must still tell what became of them, because whoever ran them died. */
export const untold = ({ uses }: SessionUses, nowMs: number): readonly string[] =>
  Object.entries(uses).flatMap(([useId, use]) => ((tellAtMs(use) ?? nowMs + 1) <= nowMs ? [useId] : []));

/** When a sweep must look at the uses of a call. */
export function usesDueAtMs({ uses, untilMs }: SessionUses): number {
  const moments = Object.values(uses).flatMap((use) => [
    tellAtMs(use) ?? untilMs,
    use.sealed === undefined ? untilMs : (use.doneAtMs ?? 0) + answerKeptMs,
  ]);
  return Math.min(untilMs, ...moments);
}

/** Whether nothing of a call's uses is needed any more. */
export const isForgotten = ({ uses, untilMs }: SessionUses, nowMs: number): boolean =>
  untilMs <= nowMs && Object.values(uses).every(({ isTold }) => isTold);

/** What is known of a use whose runner died before it had an answer: it may have been sent, and is not sent again. */
export const interrupted = ({ begunAtMs, overByMs }: ToolUse): UseFigures => ({
  ...{ outcome: 'interrupted', reason: 'interrupted', ok: false },
  ...{ ms: overByMs - begunAtMs, bytesOut: 0, bytesIn: 0 },
});
