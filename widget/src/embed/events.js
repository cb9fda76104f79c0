import { troubleOf, warnOf } from '../troubles.js';

/**
 * The events of a widget: as `vox:<name>` of the window, and for whoever hears it in code. Who hears and throws keeps
 * nobody else from hearing: its error is reported as any error of a listener is. `metadata` comes back with all that a
 * frame tells.
 * @param {object} [metadata]
 */
export function eventsOf(metadata) {
  const target = new EventTarget();
  /** @param {string} name @param {object} detail */
  function fire(name, detail) {
    window.dispatchEvent(new CustomEvent(`vox:${name}`, { detail }));
    target.dispatchEvent(new CustomEvent(name, { detail }));
  }

  return {
    fire,
    /** Tells the page of a trouble, and its developer too. @param {import('../troubles.js').Trouble} trouble */
    report(trouble) {
      warnOf(trouble);
      fire('error', trouble);
    },
    /**
     * Passes on what a frame tells. An error of an older frame has no hint yet.
     * @param {string} name @param {any} detail
     */
    pass(name, detail) {
      const isBare = name === 'error' && detail?.hint === undefined;
      const told = isBare ? { ...troubleOf(String(detail?.code), { message: detail?.message }), ...detail } : detail;
      if (isBare) warnOf(told);
      fire(name, { ...told, ...(metadata && { metadata }) });
    },
    /** Answers what ends the hearing. @param {string} name @param {(detail: any) => void} hear */
    on(name, hear) {
      const listener = (/** @type {Event} */ event) => hear(/** @type {CustomEvent} */ (event).detail);
      target.addEventListener(name, listener);
      return () => target.removeEventListener(name, listener);
    },
  };
}
