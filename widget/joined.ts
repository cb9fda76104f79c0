import { readFileSync } from 'node:fs';

/** A module’s own names, by the names under which it shows them; and its text without `import` and `export`. */
type Module = Readonly<{ path: string; text: string; shown: readonly string[] }>;
type Joined = Readonly<{ text: string; name: (path: string) => string }>;

const imports = /^import \{([^}]*)\} from '(\.[\w./-]+)';$/gm;
const exported = /^export (?=(?:async )?(?:const|function|class) (\w+))/gm;
/** A module that is loaded when it is needed keeps its own file. */
const later = /\bimport\('(\.[\w./-]+)'\)/g;
/** Whatever else a module may import or show would be lost without a word. */
const others = /^(?:import|export)\b.*$/m;

/** What is written for us alone. No text of the modules holds it: their tests say so. */
const comments = /^ *\/\/.*\n|\/\*\*[^*]*(?:\*(?!\/)[^*]*)*\*\/\s*/gm;

const urlOf = (path: string, from: string): string => new URL(path, from).href;

/** `{ a, b as c }` of an import as a pattern that takes the names out of an object. */
const patternOf = (names: string): string => names.replaceAll(' as ', ': ').replaceAll(/\s+/g, ' ').trim();

/** The address of a module that is loaded later, seen from the file that is made; none if it is not served. */
type ServedAt = (module: string) => string | undefined;

/** The modules of an entry, each after those that it imports. Throws RangeError for a form that is not known. */
function modulesOf(entry: string, servedAt: ServedAt): Joined & Readonly<{ modules: readonly Module[] }> {
  const numbers = new Map<string, number>();
  const modules: Module[] = [];
  const name = (path: string): string => `module${numbers.get(path)}`;
  const visit = (path: string): void => {
    if (numbers.has(path)) return;
    numbers.set(path, numbers.size);
    const source = readFileSync(new URL(path), 'utf8');
    for (const [, , to = ''] of source.matchAll(imports)) visit(urlOf(to, path));
    const text = source
      .replace(
        imports,
        (_all, names: string, to: string) => `const { ${patternOf(names)} } = ${name(urlOf(to, path))};`,
      )
      .replace(exported, '')
      .replace(comments, '')
      .replaceAll('import.meta.url', 'ownAddress()')
      .replace(later, (_all, to: string) => {
        const address = servedAt(urlOf(to, path));
        if (address === undefined) throw new RangeError(`${path} loads ${to}, which is not served`);
        return `import(new URL('${address}', ownAddress()).href)`;
      });
    const odd = others.exec(text)?.[0];
    if (odd !== undefined) throw new RangeError(`${path} has "${odd}", which cannot be joined`);
    modules.push({ path, text, shown: [...source.matchAll(exported)].map(([, each = '']) => each) });
  };
  visit(entry);
  const text = modules
    .map((each) => `const ${name(each.path)} = (() => {\n${each.text}\nreturn { ${each.shown.join(', ')} };\n})();`)
    .join('\n');
  return { text, name, modules };
}

/**
 * Where the file itself was loaded from, which a script of another origin has to find out: to a browser its base is
 * `about:blank` (HTML, “create a classic script”). A module that is imported has no tag, but a place in each stack. The
 * page’s own address makes a load fail where nothing is known.
 */
const addressOfScript = `const placed = () => /https?:\\/\\/[^\\s()]+/.exec(new Error().stack)?.[0];
const loadedFrom = document.currentScript?.src || placed() || document.baseURI;
const ownAddress = () => loadedFrom;
`;
const addressOfModule = `const ownAddress = () => import.meta.url;
`;

/** An entry and all that it imports, as one file for a tag of any kind. Nothing in it becomes global. */
export const asScript = (entry: string, servedAt: ServedAt): string =>
  `(() => {\n'use strict';\n${addressOfScript}${modulesOf(entry, servedAt).text}\n})();\n`;

/** The same as one module, which exports what the entry exports. */
export function asModule(entry: string, servedAt: ServedAt): string {
  const { text, name, modules } = modulesOf(entry, servedAt);
  const shown = modules.at(-1)?.shown.join(', ') ?? '';
  return `${addressOfModule}${text}\nexport const { ${shown} } = ${name(entry)};\n`;
}
