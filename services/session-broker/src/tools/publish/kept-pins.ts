import type { McpTool } from '@vox/contracts';
import type { Clock } from '@vox/platform/time';

/** Pins of the tools that a server lists, by their names there. */
export type Pins = ReadonlyMap<string, string>;

/** So long a list of tools counts. What a server changes meanwhile, no model is told. */
export const pinsKeptMs = 60_000;
const serversMax = 1_000;

type Kept = Readonly<{ read: () => Pins | undefined; keep: (pins: Pins) => void }>;

/**
 * Keeps what servers list, for a tenant and the headers it calls with: a server may show others other tools. The oldest
 * makes room.
 */
export function keptPins(clock: Clock): Readonly<{ of: (tenantId: string, tool: McpTool) => Kept }> {
  const servers = new Map<string, Readonly<{ pins: Pins; untilMs: number }>>();
  return {
    of(tenantId, { server, headers }) {
      const key = JSON.stringify([tenantId, server, headers]);
      return {
        read() {
          const found = servers.get(key);
          return found !== undefined && clock.now().getTime() < found.untilMs ? found.pins : undefined;
        },
        keep(pins) {
          servers.delete(key);
          servers.set(key, { pins, untilMs: clock.now().getTime() + pinsKeptMs });
          const [oldest] = servers.keys();
          if (servers.size > serversMax && oldest !== undefined) servers.delete(oldest);
        },
      };
    },
  };
}
