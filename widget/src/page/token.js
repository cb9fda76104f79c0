/** Longer than a page needs to answer that is there at all. */
const patienceMs = 10_000;

/**
 * The token that an older embed script put into the address, which is forgotten there: no history keeps it, and no address that is copied.
 * @returns {string | undefined}
 */
export function tokenInAddress() {
  const address = new URL(location.href);
  const token = address.searchParams.get('token') ?? undefined;
  address.searchParams.delete('token');
  if (token !== undefined) history.replaceState(null, '', address);
  return token;
}

/**
 * Asks the page that frames this one for its token. It is told so at its exact origin, and nobody else is heard.
 * @param {string} parentOrigin
 * @returns {Promise<string | undefined>} `undefined` when no answer comes
 */
export function tokenFromParent(parentOrigin) {
  return new Promise((resolve) => {
    /** @param {MessageEvent} event */
    function hear({ source, origin, data }) {
      if (source !== parent || origin !== parentOrigin || data?.type !== 'vox-token') return;
      finish(typeof data.token === 'string' ? data.token : undefined);
    }
    /** @param {string} [token] */
    function finish(token) {
      clearTimeout(timer);
      window.removeEventListener('message', hear);
      resolve(token);
    }
    const timer = setTimeout(finish, patienceMs);
    window.addEventListener('message', hear);
    parent.postMessage({ type: 'vox-frame-ready' }, parentOrigin);
  });
}
