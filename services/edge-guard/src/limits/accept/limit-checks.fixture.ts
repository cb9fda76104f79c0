import { clock } from '../../checks/asked.fixture.ts';
import { denyCache } from '../keep/deny-cache.ts';
import { memoryLimits } from '../keep/memory-limits.ts';

/** Limits of this process, where an address may ask so often in a minute. */
export const limiting = (perMinute: number) => ({
  limits: denyCache(memoryLimits(clock), clock),
  clock,
  ipLimit: { perMinute, burst: 0 },
});

/** How a request that is over a limit is refused. */
export const over = (scope: 'ip' | 'user') => ({ code: 'RATE_LIMIT_EXCEEDED', answer: { scope } });
