/**
 * Puts the widget on the page, beside its body: an application that empties or replaces the body leaves it there, and
 * nothing in the body can move or cover it by a style. One that empties the whole document finds it put back.
 * @param {HTMLElement} host
 * @param {{ signal: AbortSignal, onLost: () => void }} wanted `onLost` runs before it is put back
 */
export function keepPlaced(host, { signal, onLost }) {
  const put = () => {
    if (!signal.aborted) document.documentElement.append(host);
  };
  const watch = new MutationObserver(() => {
    if (host.isConnected) return;
    onLost();
    put();
  });
  function begin() {
    put();
    // The document itself is watched, too: its element can be replaced.
    watch.observe(document, { childList: true });
    watch.observe(document.documentElement, { childList: true });
  }
  signal.addEventListener('abort', () => watch.disconnect());
  if (document.body) begin();
  else document.addEventListener('DOMContentLoaded', begin, { signal });
}
