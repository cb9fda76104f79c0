import type { Difference } from '@vox/platform/bus';

const sign: Readonly<Record<Difference['change'], string>> = { missing: '+', changed: '~', fixed: '!', extra: '?' };

const isTime = /^(max_age|ack_wait|duplicate_window|inactive_threshold|idle_heartbeat)$/;
const nanosPerSecond = 1_000_000_000;

/** A value of the server. It counts times in nanoseconds; these are shown in seconds. */
function text(field: string, value: unknown): string {
  if (value === undefined) return 'none';
  return isTime.test(field) && typeof value === 'number' ? `${value / nanosPerSecond}s` : JSON.stringify(value);
}

/** The differences, one on a line. */
export function linesOf(differences: readonly Difference[]): string {
  if (differences.length === 0) return 'the bus is as the contracts say\n';
  return differences.map((each) => `${lineOf(each)}\n`).join('');
}

function lineOf({ kind, name, stream, change, fields, losses }: Difference): string {
  const what = kind === 'stream' ? `stream ${name}` : `consumer ${name} of ${stream}`;
  const changes = fields.map(({ field, from, to }) => `${field} ${text(field, from)} → ${text(field, to)}`).join(', ');
  const loss = losses.length === 0 ? '' : ` [loses: ${losses.join(', ')}]`;
  if (change === 'missing') return `${sign.missing} ${what}: is missing and will be made`;
  if (change === 'extra')
    return `${sign.extra} ${what}: is in no contract and stays${kind === 'stream' ? '' : ` unless named${loss}`}`;
  const how =
    change === 'changed'
      ? ''
      : kind === 'stream'
        ? ' (no server changes this: move the data by hand)'
        : ' (must be made again)';
  return `${sign[change]} ${what}: ${changes}${how}${loss}`;
}
