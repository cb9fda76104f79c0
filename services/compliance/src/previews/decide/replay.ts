import type { Amount, IdentityKind, KindLimits } from '@vox/contracts';

/** The limits that what is kept of calls can be held against, call by call. */
export const cappedLimits = [
  ...(['openSessions', 'openSessionsPerKey', 'openSessionsPerPerson'] as const),
  ...(['sessionStartsPerMinute', 'startsPerPerson'] as const),
  ...(['tokensPerDay', 'tokensPerMonth', 'microsPerDay', 'microsPerMonth'] as const),
  ...(['secondsPerDay', 'secondsPerMonth'] as const),
] as const satisfies readonly (keyof KindLimits)[];
export type CappedLimit = (typeof cappedLimits)[number];
/** A limit that is left out binds nothing. */
export type ReplayedCaps = Readonly<Partial<Record<CappedLimit, number>>>;

export const budgets = [
  ['tokensPerDay', 'day', 'tokens'],
  ['microsPerDay', 'day', 'micros'],
  ['secondsPerDay', 'day', 'seconds'],
  ['tokensPerMonth', 'month', 'tokens'],
  ['microsPerMonth', 'month', 'micros'],
  ['secondsPerMonth', 'month', 'seconds'],
] as const satisfies readonly (readonly [CappedLimit, 'day' | 'month', keyof Amount])[];

export const isBudget = (rule: string): boolean => budgets.some(([limit]) => limit === rule);

/** A call of one kind of identity as it is replayed. `day` names that of its start, whose budget pays for it. */
export type ReplayedCall = Readonly<{
  id: string;
  kind: IdentityKind;
  widgetKey?: string | undefined;
  person: string;
  startMs: number;
  endMs: number;
  day: string;
  spent: Amount;
}>;

/** When a limit was used up first on a day. */
export type Reached = Readonly<{ day: string; limit: CappedLimit; atMs: number }>;
export type Replay = Readonly<{ refused: ReadonlySet<string>; reached: readonly Reached[] }>;

export const minuteMs = 60_000;
/** A person's starts are counted from one on for so long. */
export const recentMs = 600_000;

const byTime = (timeOf: (call: ReplayedCall) => number) => (one: ReplayedCall, other: ReplayedCall) =>
  timeOf(one) - timeOf(other) || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);
export const inOrder = byTime(({ startMs }) => startMs);

/**
 * Lets calls of one kind of identity begin and end again, in their order, under caps. A call that finds no room does
 * not begin, and takes nothing from those after it. A budget knows what a call spent once the call is over: what it
 * would have held for the worst case meanwhile is not known.
 */
export function replay(calls: readonly ReplayedCall[], caps: ReplayedCaps): Replay {
  const state = newState(caps);
  const ends = calls.toSorted(byTime(({ endMs }) => endMs));
  const refused = new Set<string>();
  let over = 0;
  const endUntil = (untilMs: number): void => {
    for (let next = ends[over]; next !== undefined && next.endMs <= untilMs; next = ends[++over]) state.end(next);
  };
  for (const call of calls.toSorted(inOrder)) {
    endUntil(call.startMs);
    if (!state.begin(call)) refused.add(call.id);
    // Its end was passed over before it had begun.
    else if (call.endMs <= call.startMs) state.end(call);
  }
  endUntil(Number.POSITIVE_INFINITY);
  return { refused, reached: state.reached() };
}

type Counts = Map<string, number>;
const add = (counts: Counts, name: string, by: number): number => {
  const after = (counts.get(name) ?? 0) + by;
  counts.set(name, after);
  return after;
};

function newState(caps: ReplayedCaps) {
  const begun = new Set<string>();
  const open: Counts = new Map();
  const spent: Counts = new Map();
  const starts = new Map<string, number[]>();
  const recent = new Map<string, Readonly<{ sinceMs: number; count: number }>>();
  const reached = new Map<string, Reached>();
  const reach = (day: string, limit: CappedLimit, atMs: number): void => {
    if (!reached.has(`${limit} ${day}`)) reached.set(`${limit} ${day}`, { day, limit, atMs });
  };
  const isFull = (limit: CappedLimit, count: number | undefined = 0): boolean =>
    caps[limit] !== undefined && count >= caps[limit];

  function hasRoom(call: ReplayedCall): boolean {
    const { day, startMs, person, widgetKey } = call;
    for (const [limit, period] of budgets)
      if (isFull(limit, spent.get(`${limit} ${periodOf(day, period)}`))) {
        if (period === 'day') reach(day, limit, startMs);
        return false;
      }
    if (isFull('openSessionsPerPerson', open.get(`person ${person}`))) return false;
    if (widgetKey !== undefined && isFull('openSessionsPerKey', open.get(`key ${widgetKey}`))) return false;
    if (isFull('openSessions', open.get('all'))) {
      reach(day, 'openSessions', startMs);
      return false;
    }
    if (isFull('sessionStartsPerMinute', lately(call).length)) return false;
    return !isFull('startsPerPerson', counted(call).count);
  }
  /** The starts of the last minute: of a tenant's visitors together, and of each console user. */
  function lately({ kind, person, startMs }: ReplayedCall): number[] {
    const scope = kind === 'widget' ? 'all' : person;
    const kept = (starts.get(scope) ?? []).filter((each) => each > startMs - minuteMs);
    starts.set(scope, kept);
    return kept;
  }
  function counted({ person, startMs }: ReplayedCall) {
    const known = recent.get(person);
    return known !== undefined && known.sinceMs > startMs - recentMs ? known : { sinceMs: startMs, count: 0 };
  }

  return {
    reached: (): Reached[] => [...reached.values()],
    begin(call: ReplayedCall): boolean {
      if (!hasRoom(call)) return false;
      const { id, day, person, widgetKey, startMs } = call;
      begun.add(id);
      add(open, `person ${person}`, 1);
      if (widgetKey !== undefined) add(open, `key ${widgetKey}`, 1);
      if (isFull('openSessions', add(open, 'all', 1))) reach(day, 'openSessions', startMs);
      lately(call).push(startMs);
      const { sinceMs, count } = counted(call);
      recent.set(person, { sinceMs, count: count + 1 });
      return true;
    },
    end({ id, day, person, widgetKey, endMs, spent: amount }: ReplayedCall): void {
      if (!begun.delete(id)) return;
      add(open, 'all', -1);
      add(open, `person ${person}`, -1);
      if (widgetKey !== undefined) add(open, `key ${widgetKey}`, -1);
      for (const [limit, period, measure] of budgets) {
        const used = add(spent, `${limit} ${periodOf(day, period)}`, amount[measure]);
        if (period === 'day' && isFull(limit, used)) reach(day, limit, endMs);
      }
    },
  };
}

export const periodOf = (day: string, period: 'day' | 'month'): string => (period === 'day' ? day : day.slice(0, 7));
