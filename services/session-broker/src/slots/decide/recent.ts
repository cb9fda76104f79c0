/** Starts of one person or address, counted from a moment on for ten minutes. */
export type Recent = Readonly<{ sinceMs: number; count: number }>;
type RecentByScope = Readonly<Record<string, Recent>>;

export const recentMs = 600_000;
/** More scopes than this are not counted, so that a tenant's slots stay small. Those that started least are dropped. */
const scopesMax = 128;

/** The counts whose ten minutes are not over. */
export const stillRecent = (all: RecentByScope, nowMs: number): RecentByScope =>
  Object.fromEntries(Object.entries(all).filter(([, { sinceMs }]) => sinceMs > nowMs - recentMs));

/** Counts one start in each scope. */
export function withRecent(all: RecentByScope, scopes: readonly string[], nowMs: number): RecentByScope {
  const after: Record<string, Recent> = { ...all };
  for (const scope of scopes) {
    const { sinceMs, count } = all[scope] ?? { sinceMs: nowMs, count: 0 };
    after[scope] = { sinceMs, count: count + 1 };
  }
  const over = Object.keys(after).length - scopesMax;
  if (over <= 0) return after;
  const least = Object.entries(after)
    .filter(([scope]) => !scopes.includes(scope))
    .sort(([, one], [, other]) => one.count - other.count || one.sinceMs - other.sinceMs);
  for (const [scope] of least.slice(0, over)) delete after[scope];
  return after;
}

/** Takes back a start of one moment, if it is still counted. */
export function withoutRecent(all: RecentByScope, scopes: readonly string[], atMs: number): RecentByScope {
  const after: Record<string, Recent> = { ...all };
  for (const scope of scopes) {
    const known = after[scope];
    if (known === undefined || atMs < known.sinceMs) continue;
    if (known.count === 1) delete after[scope];
    else after[scope] = { ...known, count: known.count - 1 };
  }
  return after;
}

/** The seconds until a scope may start again; `undefined` while it may start now. */
export function waitOf(all: RecentByScope, scope: string, most: number | null, nowMs: number): number | undefined {
  if (most === null) return undefined;
  const { sinceMs, count } = all[scope] ?? { sinceMs: nowMs, count: 0 };
  return count < most ? undefined : Math.max(1, Math.ceil((sinceMs + recentMs - nowMs) / 1_000));
}
