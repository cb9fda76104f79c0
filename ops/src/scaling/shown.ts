import { sizeOf } from '../doctor/finding.ts';
import type { Limit } from './limits.ts';
import type { Scale } from './scale.ts';

function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, at) => cell.padEnd(widths[at] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** What is needed, and the limits that were read, as a person reads them. */
export function scaleText(
  { needs, callStreamBytes, callStreamDays, callStreamLoad, dollarsPerMonth }: Scale,
  limits: readonly Limit[],
): string {
  const wanted = tableOf([
    ['WHAT', 'ENOUGH', 'BECAUSE'],
    ...needs.map(({ what, count, because }) => [what, String(count), because]),
  ]);
  const stream = `VOX_CALLS needs ${sizeOf(callStreamBytes)} for seven days of that, day and night; as the contracts make it, it is full after ${callStreamDays.toPrecision(2)} days.\n`;
  const load = `Its facts are ${Math.round(100 * callStreamLoad)} % of what one NATS server was measured to carry${callStreamLoad > 1 ? ': more servers do not help one stream (docs/scaling-simulation.md)' : ''}.\n`;
  const dollars = dollarsPerMonth === undefined ? '' : `One core each costs some ${dollarsPerMonth} dollars a month.\n`;
  const rows = limits.map(({ what, used, limit, enough, remedy }) => [
    what,
    used,
    limit,
    enough ? 'enough' : `too small: ${remedy}`,
  ]);
  const read =
    rows.length === 0
      ? 'No limit of an installation was read: set NATS_URL, NATS_MONITOR_URL and REDIS_URL, or give --service.\n'
      : tableOf([['LIMIT', 'NOW', 'AT MOST', ''], ...rows]);
  return `${wanted}\n${stream}${load}${dollars}\n${read}`;
}
