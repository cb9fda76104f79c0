import { useEffect } from 'preact/hooks';
import { search, searched } from '../router.js';
import { may } from '../shell/who.js';

/**
 * Opens what the address asks for by `?do=`, if whoever is signed in may ask for its operation. The address forgets it
 * at once: a page that is loaded again, or gone back to, opens nothing by itself.
 * @param {string} name @param {import('../operations.js').Operation} operation @param {() => void} open
 */
export function useWanted(name, operation, open) {
  const isWanted = searched('do') === name;
  useEffect(() => {
    if (!isWanted) return;
    search({});
    if (may(operation)) open();
  }, [isWanted]);
}
