/** @typedef {import('./refresher.js').Change} Change */

/** @type {Set<(change: Change) => void>} */
const listeners = new Set();

/** Hears of changes from now on. Answers how to hear no more of them. @param {(change: Change) => void} hear */
export function onChange(hear) {
  listeners.add(hear);
  return () => void listeners.delete(hear);
}

/** @param {Change} change */
export function tellScreens(change) {
  for (const hear of [...listeners]) hear(change);
}

/**
 * A change as the server tells it; `undefined` for what is none that this page knows.
 * @param {Readonly<{name: string, data: string}>} event @returns {Change | undefined}
 */
export function changeIn({ name, data }) {
  if (name === 'anew') return { kind: 'anew' };
  if (name !== 'changed') return undefined;
  try {
    const { resource, id } = JSON.parse(data);
    return typeof resource === 'string' && typeof id === 'string' ? { kind: 'changed', resource, id } : undefined;
  } catch {
    return undefined;
  }
}
