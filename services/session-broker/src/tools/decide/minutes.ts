import { type Starts, windowMs, withoutStart, withStart } from '../../slots/mod.ts';

/** The uses of tools within the last minute: of a tenant, and of each of its tools. */
export type ToolMinutes = Readonly<{ starts: Readonly<Record<string, readonly Starts[]>> }>;

export type MinuteLimits = Readonly<{ perMinute: number; ofToolPerMinute: number }>;
export type TakenMinute =
  | Readonly<{ kind: 'taken' }>
  | Readonly<{ kind: 'full'; reason: 'tenant-limit' | 'tool-limit'; retryAfterSeconds: number }>;

const ofTenant = 'tenant';
export const toolScope = (agentId: string, name: string): string => `tool:${agentId}/${name}`;

const within = (all: readonly Starts[] | undefined, nowMs: number): readonly Starts[] =>
  (all ?? []).filter(({ lastMs }) => lastMs > nowMs - windowMs);
const total = (all: readonly Starts[]): number => all.reduce((sum, { count }) => sum + count, 0);
const waitOf = ([oldest]: readonly Starts[], nowMs: number): number =>
  Math.max(1, Math.ceil(((oldest?.lastMs ?? nowMs) + windowMs - nowMs) / 1_000));

/** Counts one use under both limits, or under none. */
export function take(
  known: ToolMinutes | undefined,
  { scope, limits, nowMs }: Readonly<{ scope: string; limits: MinuteLimits; nowMs: number }>,
): Readonly<{ result: TakenMinute; state?: ToolMinutes }> {
  const recent = Object.entries(known?.starts ?? {}).flatMap(([name, starts]) => {
    const kept = within(starts, nowMs);
    return kept.length === 0 ? [] : [[name, kept] as const];
  });
  const starts: ToolMinutes['starts'] = Object.fromEntries(recent);
  for (const [name, limit, reason] of [
    [ofTenant, limits.perMinute, 'tenant-limit'],
    [scope, limits.ofToolPerMinute, 'tool-limit'],
  ] as const) {
    const own = starts[name] ?? [];
    if (total(own) >= limit) return { result: { kind: 'full', reason, retryAfterSeconds: waitOf(own, nowMs) } };
  }
  const counted = Object.fromEntries([ofTenant, scope].map((name) => [name, withStart(starts[name] ?? [], nowMs)]));
  return { result: { kind: 'taken' }, state: { starts: { ...starts, ...counted } } };
}

/** The minute without one use that was counted at a moment, and of which nothing has left. */
export const givenBack = ({ starts }: ToolMinutes, scope: string, atMs: number): ToolMinutes => ({
  starts: withoutStart(withoutStart(starts, ofTenant, atMs), scope, atMs),
});

/** Whether nothing of it counts any more. */
export const isPast = ({ starts }: ToolMinutes, nowMs: number): boolean =>
  Object.values(starts).every((each) => within(each, nowMs).length === 0);

/** When nothing of it counts any more, in steps: most changes leave the index as it is. */
export function minutesDueAtMs({ starts }: ToolMinutes): number {
  const last = Math.max(0, ...Object.values(starts).flatMap((each) => each.map(({ lastMs }) => lastMs)));
  return Math.ceil((last + windowMs) / windowMs) * windowMs;
}
