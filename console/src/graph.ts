import { posix } from 'node:path';

/** What a module asks a browser to load, and whether it does so before it runs. */
type Asked = Readonly<{ specifier: string; isLater: boolean }>;
/** The text of a module by its name, such as `screens/keys.js`. Throws for one that is not there. */
export type ReadModule = (name: string) => string;

const imports = /\b(from|import\(|import) ?["']([\w./@-]+)["']/g;

const askedBy = (text: string): Asked[] =>
  [...text.matchAll(imports)].map(([, word = '', specifier = '']) => ({ specifier, isLater: word.endsWith('(') }));

const isRelative = (specifier: string): boolean => specifier.startsWith('.');
const targetOf = (name: string, specifier: string): string => posix.join(posix.dirname(name), specifier);

/** A relative specifier from one module to another. */
function pathBetween(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to);
  return isRelative(path) ? path : `./${path}`;
}

/**
 * A module as a browser can load it: names of packages become paths to their modules. Throws RangeError for a package
 * that is not in the list.
 */
export const rewritten = (name: string, text: string, packages: ReadonlyMap<string, string>): string =>
  text.replace(imports, (whole, word: string, specifier: string) => {
    if (isRelative(specifier)) return whole;
    const target = packages.get(specifier);
    if (target === undefined) throw new RangeError(`${name} imports ${specifier}, which is not served`);
    return `${word} "${pathBetween(name, target)}"`;
  });

/** The modules that a browser loads for an entry, in the order in which they are found; without `later` at once. */
export function reached(read: ReadModule, entry: string, { later }: Readonly<{ later: boolean }>): string[] {
  const found = new Set([entry]);
  for (const name of found)
    for (const { specifier, isLater } of askedBy(read(name)))
      if (later || !isLater) found.add(targetOf(name, specifier));
  return [...found];
}
