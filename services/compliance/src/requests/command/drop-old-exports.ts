import type { Clock } from '@vox/platform/time';
import type { ExportParts } from '../keep/privacy-requests.ts';

const batch = 100;

/** Removes archives, and what was gathered for them, a week after they were made. */
export async function dropOldExports({
  exportParts,
  clock,
}: Readonly<{ exportParts: Pick<ExportParts, 'due' | 'remove'>; clock: Clock }>): Promise<void> {
  for (const { key } of await exportParts.due(clock.now().getTime(), batch)) await exportParts.remove(key);
}
