import { signal } from '@preact/signals';

/** @typedef {import('./access.js').Me} Me */

/**
 * Who is signed in: `undefined` until that is known, `null` for nobody.
 * @type {import('@preact/signals').Signal<Me | null | undefined>}
 */
export const me = signal(/** @type {Me | null | undefined} */ (undefined));

/** The zone in which times are shown: the tenant’s, once its policy is known. */
export const zone = signal('UTC');

/** What happened last, for everybody to see and for screen readers to say. */
export const notice = signal('');

/** Whether the page hears of changes: `undefined` where it does not listen, or does not know yet. */
export const live = signal(/** @type {'live' | 'lost' | undefined} */ (undefined));

/** Where somebody is: the path, and what stands behind the question mark. */
export const here = signal({ path: '/console', search: '' });

/** Whether the palette is open, in which somebody finds a screen, an action or an id. */
export const finding = signal(false);

/** The dialog in which somebody confirms who they are. It is open while this holds who waits for its end. */
export const confirming = signal(/** @type {((isDone: boolean) => void) | undefined} */ (undefined));
