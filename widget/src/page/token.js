/** A page that is there at all answers sooner. */
const patienceMs = 10_000;

/**
 * The token that an older embed script put into the address. It is removed there, so that no history and no copied
 * address keeps it.
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
 * Asks the page that frames this one for its token, and how it wants the call to look. It asks at the exact origin, and
 * takes no answer from another.
 * @param {string} parentOrigin
 * @returns {Promise<{ token?: string | undefined, look?: unknown }>} empty when no answer comes
 */
export function tokenFromParent(parentOrigin) {
  return new Promise((resolve) => {
    /** @param {MessageEvent} event */
    function hear({ source, origin, data }) {
      if (source !== parent || origin !== parentOrigin || data?.type !== 'vox-token') return;
      finish({ token: typeof data.token === 'string' ? data.token : undefined, look: data.look });
    }
    /** @param {{ token?: string | undefined, look?: unknown }} [given] */
    function finish(given = {}) {
      clearTimeout(timer);
      window.removeEventListener('message', hear);
      resolve(given);
    }
    const timer = setTimeout(() => finish(), patienceMs);
    window.addEventListener('message', hear);
    parent.postMessage({ type: 'vox-frame-ready' }, parentOrigin);
  });
}
