import { setTimeout as pauseFor } from 'node:timers/promises';
import type { Consumption } from '@vox/platform/bus';

export type Leaving = Readonly<{
  /** What ends by itself soon, in the order in which it began. */
  running: readonly Consumption[];
  /** The answers to pages that use tools: one may take as long as the longest tool. */
  tools: Consumption;
  handOver: () => Promise<void>;
  /** How time passes while tools are waited for. It ends early once the signal is aborted. */
  pause?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}>;

/** Within the time of a stop, behind the handing over. A tool that takes longer is known as interrupted. */
const toolsMs = 3_000;
const inTime = (ms: number, signal: AbortSignal): Promise<unknown> =>
  pauseFor(ms, undefined, { signal }).catch(() => undefined);

/**
 * Hears nothing more, hands the calls over, and then waits a while for the tools that still run: others take the calls
 * before this copy's word that it lives has lapsed.
 */
export async function leave({ running, tools, handOver, pause = inTime }: Leaving): Promise<void> {
  const over = new AbortController();
  const toolsOver = tools
    .stop()
    .catch(() => undefined)
    .finally(() => over.abort());
  for (const each of [...running].reverse()) await each.stop();
  await handOver();
  await Promise.race([toolsOver, pause(toolsMs, over.signal)]);
}
