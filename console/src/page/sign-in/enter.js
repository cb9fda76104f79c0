import { signal } from '@preact/signals';
import { safeReturn } from '../places.js';
import { go, searched } from '../router.js';
import { meetMe } from '../shell/who.js';
import { me } from '../state.js';

/** With what whoever gave a right code can show a second factor; `undefined` where a provider sent them here. */
export const pendingMethods = signal(/** @type {readonly string[] | undefined} */ (undefined));

/** Where somebody wanted to go before they signed in. */
let wanted = '/console';
export const rememberReturn = () => {
  if (searched('next') !== '') wanted = safeReturn(searched('next'));
};

/** Goes on after a step of signing in. @param {any} body what the server answered */
export async function enter(body) {
  if (body.next === 'second-factor') {
    pendingMethods.value = body.methods ?? [];
    go('/console/second-factor');
    return;
  }
  // Until it is known again, nothing of whoever was here before is shown.
  me.value = undefined;
  const isReached = await meetMe();
  const to = wanted;
  wanted = '/console';
  // The page asks anew when it is loaded, and says what is wrong.
  if (isReached) go(to, { replace: true });
  else location.assign(to);
}
