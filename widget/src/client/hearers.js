/**
 * Who hears of what, by name. What somebody throws who hears is told to the browser, and disturbs neither the call nor
 * the others.
 * @template {object} Events
 */
export function hearersOf() {
  /** @type {Map<keyof Events, Set<(detail: any) => void>>} */
  const byName = new Map();
  return {
    /**
     * Answers how to hear no more.
     * @template {keyof Events} N
     * @param {N} name
     * @param {(detail: Events[N]) => void} hear
     */
    on(name, hear) {
      // The same function may be handed over twice: each has its own end.
      const own = (/** @type {Events[N]} */ detail) => hear(detail);
      const hearers = byName.get(name) ?? new Set();
      byName.set(name, hearers.add(own));
      return () => void hearers.delete(own);
    },
    /** @template {keyof Events} N @param {N} name @param {Events[N]} detail */
    tell(name, detail) {
      for (const hear of [...(byName.get(name) ?? [])])
        try {
          hear(detail);
        } catch (error) {
          reportError(error);
        }
    },
  };
}
