import { type Asked, check } from '../../checks/mod.ts';
import { type AddressCountDependencies, addressDimension, show } from './count.ts';

/**
 * Refuses an address that this copy knows to be over its limit, before anything of the body is read. It costs the store
 * nothing, and counts nobody: the address is counted later, in one step with its user.
 */
export const knownAddressLimit = check({
  name: 'known address limit',
  whenDown: 'no store',
  run:
    (dependencies: AddressCountDependencies) =>
    ({ response, ip }: Asked & Readonly<{ ip: string }>): void => {
      const refused = dependencies.limits.known(addressDimension(dependencies, ip));
      if (refused !== undefined) show(dependencies, response, refused);
    },
});
