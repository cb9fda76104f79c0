import { randomBytes } from 'node:crypto';

const poolBytes = 4_096;

/**
 * Random bytes out of a pool that is filled at one go: to ask the system for sixteen costs as much as to ask for
 * thousands, and more than most of what else is done for a request. What was given out is wiped from the pool.
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
