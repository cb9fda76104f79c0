import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { factsModule } from './facts.ts';
import { consoleFiles } from './files.ts';
import { reached } from './graph.ts';

const { page, assets, firstScreen } = consoleFiles();
const base = firstScreen[0]?.replace(/main\.js$/, '') ?? '';
const textOf = (name: string): string => assets.get(base + name)?.body.toString() ?? '';
const zippedBytes = (names: Iterable<string>): number =>
  [...names].reduce((sum, name) => sum + (assets.get(base + name)?.zipped.length ?? Number.NaN), 0);

const most = 60 * 1024;

describe('what the console serves', () => {
  it('is every module of the page, and no test', () => {
    const own = globSync('**/*.js', { cwd: fileURLToPath(new URL('./page', import.meta.url)) });
    const names = [...assets.keys()].map((path) => path.slice(base.length));
    expect(own.filter((name) => !/\.(test|fixture)\.js$/.test(name) && !names.includes(name))).toEqual([]);
    expect(names.filter((name) => name.includes('.test.'))).toEqual([]);
    expect(names.filter((name) => name.startsWith('lib/')).sort()).toEqual(
      ['hooks', 'htm', 'preact', 'signals', 'signals-core'].map((name) => `lib/${name}.js`).sort(),
    );
  });
  it('lets a browser load each screen, with all that it needs, within 60 KB of gzip', () => {
    const screens = [...textOf('shell/screen.js').matchAll(/import\('\.\.\/([\w/-]+\.js)'\)/g)].map(
      ([, name = '']) => name,
    );
    expect(screens.length).toBeGreaterThan(10);
    const first = firstScreen.map((path) => path.slice(base.length));
    for (const screen of screens) {
      const needed = new Set([...first, ...reached(textOf, screen, { later: false })]);
      expect(page.zipped.length + zippedBytes(needed), screen).toBeLessThan(most);
    }
  });
  it('says to reload, in every language, as long as none of its scripts has run', () => {
    const [, inside = ''] = /<div id="console">(.*?)<\/div>/s.exec(page.body.toString()) ?? [];
    const told = [...inside.matchAll(/<p class="loading"(?: lang="(\w+)")?>/g)].map(([, language = 'en']) => language);
    const spoken = globSync('*.js', { cwd: fileURLToPath(new URL('./page/messages', import.meta.url)) });
    expect(told.sort()).toEqual(spoken.map((name) => name.slice(0, 2)).sort());
    expect(inside).toMatch(/reload the page.*recargue la página.*rechargez la page.*laden Sie die Seite neu/s);
    expect(textOf('main.js')).toMatch(/replaceChildren\(\);\n.*render\(/);
  });
  it('is the same to the byte, zipped or not', () => {
    for (const { body, zipped } of [page, ...assets.values()]) expect(gunzipSync(zipped).equals(body)).toBe(true);
  });
  it('holds the contracts’ own facts', () => {
    expect(textOf('facts.js')).toBe(factsModule());
  });
  it('has no script and no style inside the page, and no attribute that acts', () => {
    const html = page.body.toString();
    expect(html).not.toMatch(/<style|style=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:/i);
    for (const [, path = ''] of html.matchAll(/(?:src|href)="([^"]+)"/g)) expect(assets.has(path), path).toBe(true);
  });
  it('makes no markup from text', () => {
    const own = [...assets].filter(([path]) => !path.includes('/lib/'));
    for (const [path, { body }] of own)
      expect(body.toString(), path).not.toMatch(
        /innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerously|\beval\(|new Function|srcdoc/,
      );
  });
  it('asks for paths of the server in one place alone', () => {
    const own = [...assets].filter(([path]) => !path.includes('/lib/') && !path.endsWith('/facts.js'));
    const naming = own
      .filter(([, { body }]) => /['"`]\/api\//.test(body.toString()))
      .map(([path]) => path.slice(base.length));
    // Signing in through a provider is a way that the browser goes by itself.
    expect(naming.sort()).toEqual(['operations.js', 'request.js', 'sign-in/sign-in.js']);
    const redirects = readFileSync(fileURLToPath(new URL('./page/sign-in/sign-in.js', import.meta.url)), 'utf8');
    expect(redirects.match(/\/api\/[\w/-]+/g)).toEqual(['/api/auth/sso/start']);
  });
});
