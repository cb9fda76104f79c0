import { fileURLToPath } from 'node:url';

const here = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/**
 * Where the files lie that a browser loads, as they are: the embed script, the page's HTML (with places for `%ORIGIN%` and `%PROVIDER%`), the
 * HTML that stands in its place when it is refused (`%MESSAGE%`), the folder of its modules and styles, and the folder of the proof-of-work library's browser modules.
 */
export const widgetFiles = {
  embed: here('./src/embed.js'),
  page: here('./src/page/page.html'),
  refused: here('./src/page/refused.html'),
  assets: here('./src/page/'),
  proof: fileURLToPath(new URL('.', import.meta.resolve('altcha-lib'))),
} as const;
