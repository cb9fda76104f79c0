/** How long a frame may take until it is loaded, and until its script speaks once it is. */
const [slowMs, silentMs] = [20_000, 2_500];

/**
 * Hears of what the page's content security policy keeps from VOX. A policy that only reports blocks nothing.
 * @param {{ base: string, directive: 'connect-src' | 'frame-src', signal: AbortSignal }} wanted
 * @param {() => void} hear
 */
export function whenBlocked({ base, directive, signal }, hear) {
  document.addEventListener(
    'securitypolicyviolation',
    ({ disposition, effectiveDirective, blockedURI }) => {
      if (disposition === 'enforce' && effectiveDirective === directive && blockedURI.startsWith(base)) hear();
    },
    { signal },
  );
}

/**
 * Why a request to VOX did not arrive. A page in a sandbox has no origin, and may not even read that it is refused.
 * @param {boolean} isBlocked whether its policy keeps it from VOX
 */
export function whyUnasked(isBlocked) {
  if (isBlocked) return 'CONNECT_BLOCKED';
  return globalThis.origin === 'null' ? 'ORIGIN_MISMATCH' : 'EDGE_UNREACHABLE';
}

/**
 * Waits for the first word of a frame. A browser does not say that it refused to load one: it shows a page of its own,
 * which is loaded and silent. Calls `onBlocked` once, unless `signal` is aborted before.
 * @param {HTMLIFrameElement} frame
 * @param {{ base: string, signal: AbortSignal, onBlocked: () => void }} wanted
 */
export function awaitWord(frame, { base, signal, onBlocked }) {
  let timer = setTimeout(onBlocked, slowMs);
  signal.addEventListener('abort', () => clearTimeout(timer));
  frame.addEventListener(
    'load',
    () => {
      clearTimeout(timer);
      timer = setTimeout(onBlocked, silentMs);
    },
    { signal },
  );
  whenBlocked({ base, directive: 'frame-src', signal }, onBlocked);
}
