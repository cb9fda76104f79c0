import { type Asked, check } from '../../checks/mod.ts';
import { type CountDependencies, type Counted, count, counted } from './count.ts';

/** A call says one thing a second, and a few at once: more is no widget of ours. */
const limit = { perMinute: 60, burst: 60 };

/** Counts a request by its call alone. While the store is down, this copy counts by its share of the limit. */
export const callLimit = check({
  name: 'call limit',
  whenDown: 'degrade',
  run:
    (dependencies: CountDependencies) =>
    async ({ response, sessionId }: Asked & Readonly<{ sessionId: string }>): Promise<Counted> => {
      await count(dependencies, response, [{ scope: 'user', key: sessionId, limit }]);
      return counted;
    },
});
