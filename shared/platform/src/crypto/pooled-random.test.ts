import { describe, expect, it } from 'vitest';
import { pooledRandom } from './pooled-random.ts';

describe('the pool of random bytes', () => {
  it('gives each byte out once, in the size that was asked for', () => {
    let filled = 0;
    const pool: Uint8Array[] = [];
    const random = pooledRandom((size) => {
      filled += 1;
      const bytes = Uint8Array.from({ length: size }, (_, at) => 1 + (at % 255));
      pool.push(bytes);
      return bytes;
    });
    const first = random(4_000);
    expect([first.length, first[0], filled]).toEqual([4_000, 1, 1]);
    expect([...random(2)]).toEqual([1 + (4_000 % 255), 1 + (4_001 % 255)]);
    expect([random(200).length, filled]).toEqual([200, 2]);
    expect([random(10_000).length, filled]).toEqual([10_000, 3]);
  });
  it('never gives the same bytes out twice', () => {
    const random = pooledRandom();
    const given = Array.from({ length: 2_000 }, () => Buffer.from(random(16)).toString('hex'));
    expect(new Set(given).size).toBe(2_000);
  });
});
