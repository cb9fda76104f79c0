import { randomBytes } from 'node:crypto';

const poolBytes = 4_096;

/**
 * Random bytes from a pool that is filled in one call. Asking the system for sixteen bytes costs as much as asking for
 * thousands, and more than most other work of a request. Bytes that were given out are wiped from the pool.
 */
export function pooledRandom(fill: (size: number) => Uint8Array = randomBytes): (size: number) => Uint8Array {
  let pool = new Uint8Array(0);
  let used = 0;
  return (size) => {
    if (size > poolBytes) return fill(size);
    if (used + size > pool.length) {
      pool = new Uint8Array(fill(poolBytes));
      used = 0;
    }
    const given = pool.slice(used, used + size);
    pool.fill(0, used, used + size);
    used += size;
    return given;
  };
}
