import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { widgetFiles } from '../files.ts';

/** @type {ReadonlyMap<string, string>} */
const served = widgetFiles.served;
const addressed =
  /(?:src|href)="([^"]+)"|^(?:import|export)\b[^;]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]|new (?:Worker|URL)\(\s*['"]([^'"]+)['"]|url\(['"]?([^'")]+)/gm;

/** The paths that a file makes a browser ask this server for. @param {string} path @param {string} text */
const asksFor = (path, text) =>
  [...text.matchAll(addressed)]
    .map((match) => match.slice(1).find((each) => each !== undefined) ?? '')
    .filter((to) => !/^(?:https?|data):/.test(to))
    .map((to) => new URL(to, `https://vox.example${path}`).pathname);

/** All that a browser loads for one of the pages, found by following what each file names. */
function loaded() {
  const found = new Set();
  const todo = [widgetFiles.page, widgetFiles.refused].flatMap((page) =>
    asksFor('/widget', readFileSync(page, 'utf8')),
  );
  for (let path = todo.pop(); path !== undefined; path = todo.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    const file = served.get(path);
    if (file !== undefined) todo.push(...asksFor(path, readFileSync(file, 'utf8')));
  }
  return found;
}

describe('what the widget serves', () => {
  it('is the embed script under its two names and exactly what its pages load', () => {
    const list = [...served.keys()].filter((path) => path.startsWith('/widget/')).sort();
    expect(list).toEqual([...loaded()].sort());
    expect([...served.keys()].filter((path) => !list.includes(path))).toEqual([]);
    expect([...widgetFiles.scripts.keys()]).toEqual(['/voice-widget.js', '/widget.js', '/widget.mjs']);
    expect(list.length).toBeGreaterThan(15);
  });
});
