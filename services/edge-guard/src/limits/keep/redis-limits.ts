import { batcher } from '@vox/platform/time';
import { atOnce, type RedisLink } from '../../store/mod.ts';
import { type Dimension, windowMs } from '../decide/window.ts';
import type { ForgettingLimits, LimitAnswer } from './limits.ts';
import { answersOf, argumentsOf, keysOf, nameOf, takeScript } from './take-script.ts';

type TakeCommand = (...given: (string | number)[]) => Promise<number[]>;

/** Limits in Redis: whatever is asked at one moment is counted in one command. */
export function redisLimits({ redis, answered, gathered }: RedisLink, spanMs = windowMs): ForgettingLimits {
  redis.defineCommand('voxTake', { lua: takeScript });
  const { voxTake } = redis as unknown as { voxTake: TakeCommand };
  return {
    take: batcher<readonly Dimension[], LimitAnswer>(atOnce, async (requests) => {
      const keys = keysOf(requests);
      const given = [keys.length, ...keys, ...argumentsOf(requests, spanMs)];
      return answersOf(requests, await gathered(() => voxTake.apply(redis, given)));
    }),
    forget: async (scope, keys) =>
      keys.length === 0 ? 0 : answered(() => redis.del(...keys.map((key) => nameOf(`${scope}:${key}`)))),
  };
}
