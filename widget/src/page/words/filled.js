/**
 * A sentence with its places filled, each with text that is not read again.
 * @param {string} sentence @param {Readonly<Record<string, string>>} places
 */
export const filled = (sentence, places) => sentence.replace(/\{(\w+)\}/g, (place, name) => places[name] ?? place);
