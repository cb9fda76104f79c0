import { CallStream } from '@vox/contracts';
import { streamsOf } from '../doctor/checks/streams.ts';
import { type Facts, readOf } from '../doctor/facts.ts';
import { sizeOf } from '../doctor/finding.ts';
import type { Scale } from './scale.ts';

/** How much of a limit is used now, and whether it is enough for what is wanted. */
export type Limit = Readonly<{ what: string; used: string; limit: string; enough: boolean; remedy: string }>;

const most = 0.8;

/** Limits of an installation beside what it uses now. What was not read is left out; doctor says why. */
export function limitsOf(facts: Facts, { callStreamBytes, needs }: Scale): Limit[] {
  const [monitor, redis, services] = [readOf(facts.monitor), readOf(facts.redis), readOf(facts.services)];
  const bounded = streamsOf(facts).filter(({ bytesMax }) => bytesMax > 0);
  const copies = services?.filter(({ version }) => version !== undefined) ?? [];
  const row = (what: string, used: number, limit: number, wanted: number, remedy: string): Limit => ({
    ...{ what, used: sizeOf(used), limit: sizeOf(limit), enough: Math.max(used, wanted) <= most * limit, remedy },
  });
  return [
    ...bounded.map(({ name, bytes, bytesMax }) => {
      const wanted = name === CallStream.name ? callStreamBytes : 0;
      const remedy = `max_bytes of ${sizeOf(Math.ceil(Math.max(bytes, wanted) / most))} leaves room`;
      return row(name, bytes, bytesMax, wanted, remedy);
    }),
    ...(monitor !== undefined && monitor.storageBytesMax > 0
      ? [
          row(
            'the disk of JetStream',
            monitor.storageBytes,
            monitor.storageBytesMax,
            callStreamBytes,
            'raise max_file_store',
          ),
        ]
      : []),
    ...(redis !== undefined && redis.bytesMax > 0
      ? [row('the memory of Redis', redis.bytes, redis.bytesMax, 0, 'raise maxmemory')]
      : []),
    ...needs.flatMap(({ what, count }) => {
      const running = copies.filter(({ name }) => name === what).length;
      if (running === 0) return [];
      return [
        {
          what: `copies of ${what}`,
          used: String(running),
          limit: String(count),
          enough: running >= count,
          remedy: `run ${count}`,
        },
      ];
    }),
  ];
}
