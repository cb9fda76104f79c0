import { Fault } from '@vox/platform/fault';
import { type Asked, check } from '../../checks/mod.ts';
import { type AddressCountDependencies, addressDimension, count } from './count.ts';

type Needs = Asked & Readonly<{ ip: string; isCounted?: true }>;

/**
 * Counts by address whoever is refused before anything else has counted them, so that guessing costs the guesser.
 * Whoever can say who they are is counted by that, and a busy address that many share does not end their calls. While
 * the store is down, this copy counts by its share.
 */
export const strangerLimit = check({
  name: 'stranger limit',
  whenDown: 'degrade',
  run: (_dependencies: AddressCountDependencies) => (_context: Needs) => ({}),
  afterRefusal:
    (dependencies: AddressCountDependencies) =>
    async ({ response, ip, isCounted }: Needs, error: unknown): Promise<void> => {
      const isOverLimit = error instanceof Fault && error.code === 'RATE_LIMIT_EXCEEDED';
      if (!isCounted && !isOverLimit) await count(dependencies, response, [addressDimension(dependencies, ip)]);
    },
});
