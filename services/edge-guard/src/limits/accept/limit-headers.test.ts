import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Dimension, windowMs } from '../decide/window.ts';
import { denyCache } from '../keep/deny-cache.ts';
import { memoryLimits } from '../keep/memory-limits.ts';
import { showLimits } from './limit-headers.ts';

const startMs = Date.UTC(2026, 4, 5);
const clock = { ms: startMs, now: () => new Date(clock.ms) };
const store = memoryLimits(clock);
const limits = denyCache(store, clock);
let clients = 0;
const limitsOf = (perMinute: number) => ({ perMinute, burst: 0 });

/**
 * One client alone, counted by address and by person, each with a limit of its own and used up at times of its own at
 * another copy; then it asks this one until it is refused, and once more, when this copy knows of it.
 */
async function refusedAfter(ip: number, user: number, gaps: readonly number[]) {
  clients += 1;
  const dimensions: Dimension[] = [
    { scope: 'ip', key: `a${clients}`, limit: limitsOf(ip) },
    { scope: 'user', key: `b${clients}`, limit: limitsOf(user) },
  ];
  for (const [place, gap] of gaps.entries()) {
    clock.ms += gap;
    await store.take([dimensions[place % 2]] as Dimension[]);
  }
  let answer = await limits.take(dimensions);
  while (answer.kind === 'taken') answer = await limits.take(dimensions);
  clock.ms += gaps[0] ?? 0;
  return { dimensions, answer: await limits.take(dimensions) };
}

describe('what is said of a limit', () => {
  it('is never too early: whoever obeys any of its headers is not refused', async () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 9_000 }), { minLength: 3, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        gaps,
        async (ip, user, waits) => {
          const { dimensions, answer } = await refusedAfter(ip, user, waits);
          fc.pre(answer.kind === 'refused');
          const response = { locals: {} as { limits?: string[] } };
          showLimits(response as never, answer, clock.now());
          const head = response.locals.limits ?? [];
          const header = (name: string): string => head[head.indexOf(name) + 1] ?? '';
          const toldAtMs = clock.ms;
          const obeyed = [
            Number(header('X-RateLimit-Reset')) * 1_000,
            toldAtMs + Number(/t=(\d+)$/.exec(header('RateLimit'))?.[1]) * 1_000,
            toldAtMs + Math.ceil((answer.kind === 'refused' ? answer.retryMs : 0) / 1_000) * 1_000,
          ];
          const soonest = Math.min(...obeyed);
          expect(soonest).toBeLessThanOrEqual(toldAtMs + windowMs + 1_000);
          clock.ms = soonest;
          expect((await limits.take(dimensions)).kind).toBe('taken');
        },
      ),
    );
  });
});
