import { fileURLToPath } from 'node:url';
import { asModule, asScript } from './joined.ts';

const here = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const ofProof = (name: string): string => fileURLToPath(new URL(name, import.meta.resolve('altcha-lib')));

/** What the pages of a call and of a refusal load, by their names under `/widget/assets/`. */
const pageAssets = [
  'page.css',
  ...['call', 'controls', 'shown'].map((name) => `style/${name}.css`),
  'page.js',
  'refused.js',
  ...['api', 'colours', 'focus', 'promised', 'proof', 'proof-worker', 'reach', 'token', 'view', 'words'],
  ...['call', 'consent', 'ends', 'heartbeats', 'line', 'peer', 'request', 'say', 'typing'].map(
    (name) => `call/${name}`,
  ),
  ...[
    'asked',
    'captions',
    'events',
    'keep-open',
    'news',
    'offer',
    'question',
    'reconnect',
    'results',
    'room',
    'shown',
    'stream',
  ].map((name) => `brokered/${name}`),
  ...['connection', 'cut', 'heard', 'meaning', 'reports', 'transcript', 'usage'].map((name) => `direct/${name}`),
  ...['barred', 'elements', 'kept', 'left', 'look', 'parent'].map((name) => `door/${name}`),
  ...['devices', 'level', 'microphone', 'orb', 'quality', 'watch'].map((name) => `sound/${name}`),
  ...['filled', 'languages', 'ar', 'de', 'en', 'es', 'fr', 'it', 'nl', 'pt'].map((name) => `words/${name}`),
].map((name) => (name.includes('.') ? name : `${name}.js`));
/** The browser modules of the proof-of-work library that the worker loads. */
const proofAssets = ['pow.js', 'helpers.js', 'types.js', 'algorithms/web/pbkdf2.js'];

const served = new Map<string, string>([
  ['/widget/troubles.js', here('./src/troubles.js')],
  ...pageAssets.map((name) => [`/widget/assets/${name}`, here(`./src/page/${name}`)] as const),
  ...proofAssets.map((name) => [`/widget/assets/altcha/${name}`, ofProof(`./${name}`)] as const),
]);

/** Where a browser finds a module that a script loads later, seen from the script. */
function servedAt(module: string): string | undefined {
  const path = [...served].find(([, file]) => file === fileURLToPath(module))?.[0];
  return path && `.${path}`;
}
const script = asScript(import.meta.resolve('./src/embed.js'), servedAt);

/**
 * Where the files are that a browser loads, unchanged: the page's HTML (with places for `%ORIGIN%` and `%PROVIDER%`),
 * and the HTML of a refusal (`%MESSAGE%`). `served` is the closed list of what is served by its path. `scripts` has the
 * text of what a tenant's page loads, each made of the modules of one entry: the embed script under its two names, and
 * the module that exports `mountVoxWidget`.
 */
export const widgetFiles = {
  page: here('./src/page/page.html'),
  refused: here('./src/page/refused.html'),
  served,
  scripts: new Map<string, string>([
    ['/voice-widget.js', script],
    ['/widget.js', script],
    ['/widget.mjs', asModule(import.meta.resolve('./src/mount.js'), servedAt)],
  ]),
} as const;
