import { type Asked, check } from '../../checks/mod.ts';
import { type AddressCountDependencies, addressDimension, type Counted, count, counted } from './count.ts';

/** Counts a request by its address alone. While the store is down, this copy counts by its share of the limit. */
export const addressLimit = check({
  name: 'address limit',
  whenDown: 'degrade',
  run:
    (dependencies: AddressCountDependencies) =>
    async ({ response, ip }: Asked & Readonly<{ ip: string }>): Promise<Counted> => {
      await count(dependencies, response, [addressDimension(dependencies, ip)]);
      return counted;
    },
});
