import htm from 'htm';
import { h } from 'preact';

/**
 * Markup as values: every text in it becomes a text node, so nothing that somebody wrote becomes markup.
 * @type {(strings: TemplateStringsArray, ...values: any[]) => any}
 */
export const html = /** @type {any} */ (htm).bind(h);
