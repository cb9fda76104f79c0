import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { FieldMistake } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { factsModule } from './facts.ts';
import { consoleFiles } from './files.ts';
import { reached } from './graph.ts';
import { screensIn } from './words.ts';

const { page, assets, firstScreen } = consoleFiles();
const base = firstScreen[0]?.replace(/main\.js$/, '') ?? '';
const textOf = (name: string): string => assets.get(base + name)?.body.toString() ?? '';
const zippedBytes = (names: Iterable<string>): number =>
  [...names].reduce((sum, name) => sum + (assets.get(base + name)?.zipped.length ?? Number.NaN), 0);

const most = 60 * 1024;
const first = firstScreen.map((path) => path.slice(base.length));
const screens = screensIn(textOf('shell/screen.js'));
const languages = ['en', 'es', 'fr', 'de'];
const wordsOf = (language: string, screen: string) => [`messages/${language}.js`, `messages/${language}/${screen}.js`];
/** What a module without imports exports. */
const moduleOf = (name: string): Promise<Record<string, object>> =>
  import(`data:text/javascript,${encodeURIComponent(textOf(name))}`);

describe('what the console serves', () => {
  it('is every module of the page, and no test', () => {
    const own = globSync('**/*.js', { cwd: fileURLToPath(new URL('./page', import.meta.url)) });
    const names = [...assets.keys()].map((path) => path.slice(base.length));
    const isServed = (name: string) => !/\.(test|fixture)\.js$|^messages\/\w+\//.test(name);
    expect(own.filter((name) => isServed(name) && !names.includes(name))).toEqual([]);
    expect(names.filter((name) => name.includes('.test.'))).toEqual([]);
    expect(names.filter((name) => name.startsWith('lib/')).sort()).toEqual(
      ['hooks', 'htm', 'preact', 'signals', 'signals-core'].map((name) => `lib/${name}.js`).sort(),
    );
  });
  it('lets a browser load each screen, in each language with all that it needs, within 60 KB of gzip', () => {
    expect(screens.size).toBeGreaterThan(10);
    for (const [screen, path] of screens)
      for (const language of languages) {
        const needed = new Set([...first, ...reached(textOf, path, { later: false }), ...wordsOf(language, screen)]);
        expect(page.zipped.length + zippedBytes(needed), `${screen} in ${language}`).toBeLessThan(most);
      }
  });
  it('gives each screen the words that its modules say, and the shell its own, in each language', async () => {
    const said = (names: readonly string[]) =>
      names.flatMap((name) => [...textOf(name).matchAll(/\bt\(\s*'([\w.-]+)'/g)].map(([, key = '']) => key));
    // What a screen loads later says its words with it; what the shell loads later are other screens.
    const beyondShell = (name: string) => (first.includes(name) ? '' : textOf(name));
    for (const language of languages) {
      const known = async (name: string) => Object.keys(Object.values(await moduleOf(name))[0] ?? {});
      const ofShell = await known(`messages/${language}.js`);
      expect(ofShell).toEqual(expect.arrayContaining([...said(first), 'menu.keys', 'role.viewer', 'language.de']));
      for (const [screen, path] of screens) {
        const words = [...ofShell, ...(await known(`messages/${language}/${screen}.js`))];
        expect([screen, words]).toEqual([
          screen,
          expect.arrayContaining(said(reached(beyondShell, path, { later: true }))),
        ]);
      }
    }
  });
  it('has the words for mistakes of fields and for rare refusals in one place of each language, apart from every screen', async () => {
    for (const language of languages) {
      const known = async (name: string) => Object.keys((await moduleOf(name)).words ?? {});
      const mistakes = await known(`messages/${language}/mistakes.js`);
      expect(mistakes).toEqual(expect.arrayContaining(FieldMistake.options.map((each) => `mistake.${each}`)));
      for (const screen of screens.keys())
        expect((await known(`messages/${language}/${screen}.js`)).filter((key) => mistakes.includes(key))).toEqual([]);
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
    const own = [...assets].filter(([path]) => !/\/lib\/|\/widget\/|\/facts\.js$/.test(path));
    const naming = own
      .filter(([, { body }]) => /['"`]\/api\//.test(body.toString()))
      .map(([path]) => path.slice(base.length));
    // Signing in through a provider is a way that the browser goes by itself.
    expect(naming.sort()).toEqual(['operations.js', 'request.js', 'sign-in/sign-in.js']);
    const redirects = readFileSync(fileURLToPath(new URL('./page/sign-in/sign-in.js', import.meta.url)), 'utf8');
    expect(redirects.match(/\/api\/[\w/-]+/g)).toEqual(['/api/auth/sso/start']);
  });
});
