import { troubleOf } from '../troubles.js';

/** A trouble as something to throw. @param {import('../vox-call.d.ts').Trouble} trouble */
export const errorOf = (trouble) =>
  /** @type {import('../vox-call.d.ts').CallError} */ (
    // Where the visitor reads nothing, the developer does.
    Object.assign(new Error(), trouble, { message: trouble.message || trouble.hint })
  );

/** The origin that a text names. Throws CallError where it names none. @param {string} base */
export function originOf(base) {
  const url = URL.canParse(base) ? new URL(base) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw errorOf(troubleOf('BASE_UNKNOWN'));
  return url.origin;
}
