/** Where VOX is: an empty text for a page of VOX's own, and VOX's origin for a page of a tenant's. */
let base = '';

/**
 * A tenant's page says where VOX is, before its first call. Throws RangeError where it named another VOX before: what a
 * call still has to tell the one must not reach the other.
 * @param {string} origin
 */
export function reachAt(origin) {
  if (base !== '' && base !== origin) throw new RangeError(`this page calls ${base} already`);
  base = origin;
}

/** Whether this page is VOX's own, framed by a tenant's. */
export const isOwnPage = () => base === '';

/** The address of one of VOX's paths. @param {string} path */
export const addressOf = (path) => `${base}${path}`;

/**
 * Sends what must arrive also while the page goes away. Answers whether the browser took it. A beacon of a page whose
 * policy is `no-referrer` would have no Origin (Fetch §3.2), and takes cookies along: a tenant's page sends a request
 * that does neither, of a kind that needs no preflight.
 * @param {string} path @param {string} text
 */
export function sendLast(path, text) {
  if (isOwnPage()) return navigator.sendBeacon(path, text);
  const sent = /** @type {const} */ ({ method: 'POST', keepalive: true, credentials: 'omit' });
  void fetch(addressOf(path), { ...sent, body: text }).catch(() => undefined);
  return true;
}
