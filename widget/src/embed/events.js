/**
 * The events of a widget: as `vox:<name>` of the window, and for whoever hears it in code. Who hears and throws keeps
 * nobody else from hearing: its error is reported as any error of a listener is.
 */
export function eventsOf() {
  const target = new EventTarget();

  return {
    /** @param {string} name @param {object} detail */
    fire(name, detail) {
      window.dispatchEvent(new CustomEvent(`vox:${name}`, { detail }));
      target.dispatchEvent(new CustomEvent(name, { detail }));
    },
    /** Answers what ends the hearing. @param {string} name @param {(detail: any) => void} hear */
    on(name, hear) {
      const listener = (/** @type {Event} */ event) => hear(/** @type {CustomEvent} */ (event).detail);
      target.addEventListener(name, listener);
      return () => target.removeEventListener(name, listener);
    },
  };
}
