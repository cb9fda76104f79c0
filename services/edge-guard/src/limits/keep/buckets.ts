import { crc32 } from 'node:zlib';
import type { Dimension } from '../decide/window.ts';
import { keyOf } from './limits.ts';
import { nameOf } from './take-script.ts';

/**
 * Keys of a cluster are put into so many buckets, and each bucket into one slot. So what is asked of one bucket at one
 * moment is one command, some tens of servers share the buckets evenly, and nobody chooses a slot by writing braces
 * into an id.
 */
export const bucketsCount = 256;

export const bucketOf = (key: string): number => crc32(key) % bucketsCount;

/**
 * The name of a key in a cluster: only what stands between the braces says in which slot it is
 * (redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec, hash tags).
 */
export const bucketNameOf = (key: string): string => nameOf(`{${bucketOf(key)}}:${key}`);

/** The dimensions of one request that stand in one bucket, and where each of them stands in the request. */
export type Part = Readonly<{ bucket: number; places: readonly number[]; dimensions: readonly Dimension[] }>;

/** The parts of a request, in the order of their first dimensions. */
export function partsOf(dimensions: readonly Dimension[]): Part[] {
  const byBucket = Map.groupBy(dimensions.entries(), ([, dimension]) => bucketOf(keyOf(dimension)));
  return [...byBucket].map(([bucket, entries]) => ({
    bucket,
    places: entries.map(([place]) => place),
    dimensions: entries.map(([, dimension]) => dimension),
  }));
}
