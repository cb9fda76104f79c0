import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { de } from './messages/de.js';
import { en } from './messages/en.js';
import { es } from './messages/es.js';
import { fr } from './messages/fr.js';
import { places } from './places.js';
import { filled, languageOf, languages } from './words.js';

/** @type {{facts: import('./facts.js').Facts, answerLists: Readonly<Record<string, readonly string[]>>}} */
const { facts, answerLists } = await import(/** @type {string} */ ('../facts.ts'));
const { faultCodes } = await import(/** @type {string} */ ('@vox/platform/fault'));

const others = { es, fr, de };
const folder = fileURLToPath(new URL('.', import.meta.url));
const sources = globSync('**/*.js', { cwd: folder })
  .filter((name) => !name.startsWith('messages') && !name.includes('.test.'))
  .map((name) => readFileSync(folder + name, 'utf8'))
  .join('\n');

/** @param {string} language */
const filesOf = (language) => globSync('**/*.js', { cwd: `${folder}messages/${language}` }).sort();

/** Lists whose members the page names by `named`, or says by `worded`. */
const named = [...sources.matchAll(/\b(?:named|worded)\(\s*'(\w+)'/g)].map(([, list = '']) => list);
const lists = { ...facts.lists, ...answerLists, language: languages, tenantStatus: ['active', 'suspended'] };
const members = Object.entries({ ...lists, role: [...lists.role, 'platform-operator'] }).flatMap(([list, each]) =>
  each.map((member) => `${list}.${member}`),
);
const menu = places.filter(({ inMenu }) => inMenu).map(({ name }) => `menu.${name}`);

describe('the messages of the console', () => {
  it('name every member of each closed list that a screen can show', () => {
    expect([...members, ...menu].filter((key) => !(key in en))).toEqual([]);
    const known = [...Object.keys(lists), 'menu', 'problem', 'rareProblem'];
    expect(named.filter((list) => !known.includes(list))).toEqual([]);
  });
  it('are each shown by some screen', () => {
    const written = new Set([...sources.matchAll(/'([\w-]+\.[\w-]+)'/g)].map(([, key]) => key));
    const made = [...sources.matchAll(/`(\w+)\.\$\{\w+\}(\w*)`/g)].map(
      ([, start = '', end = '']) => new RegExp(`^${start}\\.(totp|recovery|mail)${end}$`),
    );
    const isShown = (/** @type {string} */ key) =>
      written.has(key) || members.includes(key) || menu.includes(key) || made.some((form) => form.test(key));
    const unknown = Object.keys(en).filter((key) => !isShown(key) && !/^(?:problem|rareProblem)\./.test(key));
    expect(unknown).toEqual([]);
  });
  it('know refusals by codes that the server has, or that the page makes itself', () => {
    const own = [...sources.matchAll(/code: '([A-Z_]+)'/g)].map(([, code]) => code);
    const codes = Object.keys(en).flatMap((key) => /^(?:problem|rareProblem)\.([A-Z_]+)$/.exec(key)?.[1] ?? []);
    const served = [...faultCodes, 'PRECONDITION_FAILED'];
    expect(codes.filter((code) => !served.includes(code) && !own.includes(code))).toEqual([]);
  });
  it('know every code by which a server refuses', () => {
    // These are refused by the code of another.
    const apart = ['IDEMPOTENCY_MISMATCH', 'TOOL_FAILED', 'VERSION_MISMATCH'];
    const served = [...faultCodes, 'PRECONDITION_FAILED'].filter((code) => !apart.includes(code));
    expect(served.filter((code) => !(`problem.${code}` in en || `rareProblem.${code}` in en))).toEqual([]);
  });
  it.each(Object.entries(others))('say the same keys with the same places in %s, and leave none empty', (_, other) => {
    expect(Object.keys(other).sort()).toEqual(Object.keys(en).sort());
    const placesOf = (/** @type {string} */ text) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
    for (const key of /** @type {(keyof typeof en)[]} */ (Object.keys(en))) {
      expect([key, placesOf(other[key])]).toEqual([key, placesOf(en[key])]);
      expect(other[key].trim().length * en[key].trim().length, key).toBeGreaterThan(0);
    }
  });
  it('stand in files of the same names in each language, each key once, and all of them are joined', async () => {
    const english = filesOf('en');
    for (const [language, joined] of Object.entries({ en, ...others })) {
      expect([language, filesOf(language)]).toEqual([language, english]);
      const parts = await Promise.all(
        english.map((name) => import(/* @vite-ignore */ `./messages/${language}/${name}`)),
      );
      const keys = parts.flatMap((part) => Object.values(part).flatMap((messages) => Object.keys(messages)));
      expect([language, keys.sort()]).toEqual([language, Object.keys(joined).sort()]);
    }
  });
  it('put values in as text, once, and leave a place without a value as it is', () => {
    expect(filled('{a} and {b}', { a: '{b}', b: 2 })).toBe('{b} and 2');
    expect(filled('{c}', {})).toBe('{c}');
    expect(filled('{constructor}', {})).toBe('{constructor}');
  });
  it('are spoken in the first of somebody’s languages that there are any in', () => {
    expect(languageOf(['it-IT', 'es-MX', 'en'])).toBe('es');
    expect(languageOf(['DE-at', 'fr'])).toBe('de');
    expect(languageOf(['pt'])).toBe('en');
    expect(languageOf([])).toBe('en');
  });
});
