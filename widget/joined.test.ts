import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import vm from 'node:vm';
import { afterAll, describe, expect, it } from 'vitest';
import { widgetFiles } from './files.ts';
import { asModule, asScript } from './joined.ts';

const folder = mkdtempSync(join(tmpdir(), 'vox-joined-'));
afterAll(() => rmSync(folder, { recursive: true }));
/** Writes modules, and answers the address of the first. */
function modules(texts: Record<string, string>): string {
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  return pathToFileURL(join(folder, Object.keys(texts)[0] ?? '')).href;
}

const servedAt = (module: string) => (module.endsWith('/more.js') ? './assets/more.js' : undefined);

describe('modules that are joined to one file', () => {
  const entry = modules({
    'entry.js': `import { a as first, b } from './one.js';
import {
  c,
} from './two.js';
// mine
export const all = [first, b(), new c().d];
globalThis.found = [...all, import.meta.url];
export const more = () => import('./more.js');
`,
    'one.js': `/** Ours * alone. */
import { c } from './two.js';
export const a = 'a // stays $&';
export function b() {
  return c.name;
}
`,
    'two.js': `export class c {
  d = 4;
}
`,
  });
  it('run each once, after what it imports, and make nothing global', () => {
    const context = vm.createContext({ document: { currentScript: { src: 'https://vox.example/a.js' } } });
    vm.runInContext(asScript(entry, servedAt), context);
    expect(Object.keys(context)).toEqual(['document', 'found']);
    expect([...context.found]).toEqual(['a // stays $&', 'c', 4, 'https://vox.example/a.js']);
  });
  it('show what the entry shows as a module, without what was written for us', async () => {
    const text = asModule(entry, servedAt);
    expect(text).toContain(`import(new URL('./assets/more.js', ownAddress()).href)`);
    expect(text).not.toMatch(/mine|alone/);
    const { all } = await import(`data:text/javascript,${encodeURIComponent(text)}`);
    expect(all).toEqual(['a // stays $&', 'c', 4]);
  });
  it.each([
    `export default 1;`,
    `export * from './two.js';`,
    `import * as two from './two.js';`,
    `import x from 'left-pad';`,
    `export { c } from './two.js';`,
    `export let d = 1;`,
  ])('are refused where one has a form that is not known: %s', (text) => {
    expect(() => asScript(modules({ 'odd.js': `${text}\n` }), servedAt)).toThrow(/odd.js has .* cannot be joined/);
  });
});

it('a module that is loaded later and not served is refused where modules are joined', () => {
  const entry = modules({ 'later.js': `export const later = () => import('./none.js');\n` });
  expect(() => asScript(entry, servedAt)).toThrow('later.js loads ./none.js, which is not served');
});

describe('the embed script', () => {
  it('is one classic script, whatever its name, and its module exports mountVoxWidget alone', async () => {
    const [script = '', other, module = ''] = widgetFiles.scripts.values();
    expect(() => new vm.Script(script)).not.toThrow();
    expect(other).toBe(script);
    expect(Object.keys(await import(`data:text/javascript,${encodeURIComponent(module)}`))).toEqual(['mountVoxWidget']);
  });
  it('writes no markup, so that a page may forbid that', () => {
    for (const text of widgetFiles.scripts.values())
      expect(text).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|setHTML|DOMParser/);
  });
});
