import { hash } from 'node:crypto';
import type { McpTool } from '@vox/contracts';
import type { Clock } from '@vox/platform/time';

/** So long a list of tools counts. What a server changes meanwhile, no model is told. */
export const pinsKeptMs = 60_000;
/** How many are kept: about a hundred bytes each. */
const most = { tenant: 256, all: 16_384 };

/** Whether a server has said of a tool what was pinned, and that it has. */
export type KeptPin = Readonly<{ isKept: () => boolean; keep: () => void }>;
type OfTenant = { readonly untilMs: Map<string, number>; lastMs: number };

/**
 * Keeps of which tools their servers say what was pinned, for a tenant and the headers it calls with: a server may show
 * others other tools. The oldest of a tenant make room for its own, and tenants that used none for longest for others.
 */
export function keptPins(
  clock: Clock,
  { tenant: tenantMax, all: allMax } = most,
): Readonly<{ of: (tenantId: string, tool: McpTool) => KeptPin; size: () => number }> {
  // Both in the order in which they were kept last, so that what is over comes first.
  const tenants = new Map<string, OfTenant>();
  const size = (): number => [...tenants.values()].reduce((sum, { untilMs }) => sum + untilMs.size, 0);
  function keep(tenantId: string, key: string): void {
    const nowMs = clock.now().getTime();
    const { untilMs } = tenants.get(tenantId) ?? { untilMs: new Map<string, number>() };
    dropOver(untilMs, (until) => until <= nowMs);
    untilMs.delete(key);
    untilMs.set(key, nowMs + pinsKeptMs);
    dropOver(untilMs, () => untilMs.size > tenantMax);
    tenants.delete(tenantId);
    tenants.set(tenantId, { untilMs, lastMs: nowMs + pinsKeptMs });
    dropOver(tenants, ({ lastMs }) => lastMs <= nowMs);
    let all = size();
    dropOver(tenants, (first) => {
      const isOver = all > allMax;
      if (isOver) all -= first.untilMs.size;
      return isOver;
    });
  }
  return {
    size,
    of(tenantId, { server, headers, tool, pin }) {
      const key = hash('sha256', JSON.stringify([server, headers, tool, pin]), 'base64url');
      return {
        isKept: () => clock.now().getTime() < (tenants.get(tenantId)?.untilMs.get(key) ?? 0),
        keep: () => keep(tenantId, key),
      };
    },
  };
}

/** Drops the first entries for as long as they are over. */
function dropOver<K, V>(entries: Map<K, V>, isOver: (first: V) => boolean): void {
  for (const [key, first] of entries) {
    if (!isOver(first)) return;
    entries.delete(key);
  }
}
