import type { Facts } from '../facts.ts';
import { type Finding, finding } from '../finding.ts';

const dayMs = 86_400_000;
const oldDays = 92;
const mend = 'Restore a backup to servers of a trial, and have that noted: `vox backup drill` (docs/restore.md).';

/** A backup that nobody has restored is a hope. */
export function drillFindings({ drill, nowMs }: Facts): Finding[] {
  if (!('read' in drill)) return [];
  if (drill.read === undefined)
    return [
      finding('high', 'drill.never', 'No backup was ever restored to try it.', 'Nobody knows whether it works.', mend),
    ];
  const { atMs, succeeded } = drill.read;
  const day = new Date(atMs).toISOString().slice(0, 10);
  if (!succeeded)
    return [
      finding('high', 'drill.failed', `The drill of ${day} failed.`, 'What is lost could not be brought back.', mend),
    ];
  if (nowMs - atMs <= oldDays * dayMs) return [];
  const what = `The last drill was on ${day}, more than ${oldDays} days ago.`;
  return [finding('medium', 'drill.old', what, 'Much has changed since; a restore was not tried with it.', mend)];
}
