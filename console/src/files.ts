import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { auditFormsModule, factsModule } from './facts.ts';
import { type ReadModule, reached, rewritten } from './graph.ts';
import { pageOf } from './page.ts';
import { type Languages, screensIn, wordModules } from './words.ts';

export type ConsoleFile = Readonly<{ type: string; body: Buffer; zipped: Buffer }>;
export type ConsoleFiles = Readonly<{
  /** The one page, whatever its path: its script reads the path. */
  page: ConsoleFile;
  /** The closed list of what the page loads, by path. A path names its content, so each may be kept for ever. */
  assets: ReadonlyMap<string, ConsoleFile>;
  /** The paths that are loaded before anything is shown. */
  firstScreen: readonly string[];
}>;

const entry = 'main.js';
const widgetPages = '@vox/widget/page/';
/** Modules of packages, by what the console’s own modules call them. */
const packages = new Map([
  ['preact', 'lib/preact.js'],
  ['preact/hooks', 'lib/hooks.js'],
  ['@preact/signals', 'lib/signals.js'],
  ['@preact/signals-core', 'lib/signals-core.js'],
  ['htm', 'lib/htm.js'],
  // What a call needs of the widget. The modules that these import stand beside them.
  ...['call/heartbeats', 'brokered/keep-open', 'brokered/offer', 'brokered/stream'].map(
    (name) => [`${widgetPages}${name}.js`, `widget/${name}.js`] as const,
  ),
]);
/** Modules that are made of the contracts. */
const made = new Map([
  ['facts.js', factsModule],
  ['audit-forms.js', auditFormsModule],
]);
const packageOf = new Map([...packages].map(([specifier, name]) => [name, specifier]));
/** What a package calls one of its modules, if a name is of a package. */
const specifierOf = (name: string): string | undefined =>
  name.startsWith('widget/') ? name.replace('widget/', widgetPages) : packageOf.get(name);
/** What the page says in each language, joined. */
const spoken: Languages = Object.assign(
  {},
  ...(await Promise.all(
    ['en', 'es', 'fr', 'de'].map((language) => import(new URL(`./page/messages/${language}.js`, import.meta.url).href)),
  )),
);
/** What the first mistake of a field asks for, and long lists of the overview. */
const apart = new Map([
  ['mistakes', 'answers/mistakes.js'],
  ['checklist', 'screens/overview/checklist-row.js'],
  ['refusals', 'screens/overview/refused-why.js'],
]);
const others = ['elements.css', 'parts.css', 'shell.css', 'icon.svg'];

const textOf = (url: string): string => readFileSync(fileURLToPath(url), 'utf8');

/** The text of one module. Maps of sources are not served, so nothing names them. */
function moduleText(name: string): string {
  const make = made.get(name);
  if (make !== undefined) return make();
  const specifier = specifierOf(name);
  const url =
    specifier === undefined ? new URL(`./page/${name}`, import.meta.url).href : import.meta.resolve(specifier);
  return rewritten(name, textOf(url), packages).replace(/^\/\/# sourceMappingURL=.*$/m, '');
}

/** Reads each module once, when it is asked for: so nothing is read that no module imports. */
function moduleReader(): ReadModule {
  const known = new Map<string, string>();
  return (name) => {
    const text = known.get(name) ?? moduleText(name);
    known.set(name, text);
    return text;
  };
}

const fileOf = (name: string, text: string): ConsoleFile => {
  const types: Record<string, string> = { css: 'text/css', svg: 'image/svg+xml', html: 'text/html' };
  const type = types[name.slice(name.lastIndexOf('.') + 1)] ?? 'text/javascript';
  const body = Buffer.from(text);
  return { type: `${type}; charset=utf-8`, body, zipped: gzipSync(body, { level: 9 }) };
};

function allFiles(): ConsoleFiles {
  const read = moduleReader();
  const screens = screensIn(read('shell/screen.js'));
  const words = wordModules(read, { entry, screens, apart, languages: spoken });
  const readServed: ReadModule = (name) => words.get(name) ?? read(name);
  const names = [...new Set([...reached(readServed, entry, { later: true }), ...words.keys()])].sort();
  const plain = (name: string): string => textOf(new URL(`./page/${name}`, import.meta.url).href);
  const texts = [
    ...others.map((name) => [name, plain(name)]),
    ...names.map((name) => [name, readServed(name)]),
  ] as const;
  const hash = createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16);
  const base = `/console/assets/${hash}`;
  const first = reached(readServed, entry, { later: false });
  return {
    page: fileOf('page.html', pageOf(base, first)),
    assets: new Map(texts.map(([name = '', text = '']) => [`${base}/${name}`, fileOf(name, text)])),
    firstScreen: [...first, ...others].map((name) => `${base}/${name}`),
  };
}

let files: ConsoleFiles | undefined;

/**
 * What edge-guard serves of the console, made once for a process. All assets stand under one hash of all of them, so
 * that a page never mixes two versions. Throws RangeError when a module imports what is not there.
 */
export function consoleFiles(): ConsoleFiles {
  files ??= allFiles();
  return files;
}
