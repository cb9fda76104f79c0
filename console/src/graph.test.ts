import { describe, expect, it } from 'vitest';
import { reached, rewritten } from './graph.ts';

const packages = new Map([
  ['preact', 'lib/preact.js'],
  ['preact/hooks', 'lib/hooks.js'],
]);

describe('a module that a browser loads', () => {
  it('names the paths of packages, seen from where it stands', () => {
    const text = `import { h } from 'preact';\nimport{useState as a}from"preact/hooks";import './x.js';`;
    expect(rewritten('parts/form.js', text, packages)).toBe(
      `import { h } from "../lib/preact.js";\nimport{useState as a}from "../lib/hooks.js";import './x.js';`,
    );
    expect(rewritten('lib/hooks.js', `export*from"preact"`, packages)).toBe('export*from "./preact.js"');
  });
  it('cannot name a package that is not served', () => {
    expect(() => rewritten('main.js', `import x from 'left-pad';`, packages)).toThrow('left-pad, which is not served');
  });
  it('keeps words that only look like an import', () => {
    const text = `const fields = ['from', 'to']; // import and from\nconst word = 'audit.from';`;
    expect(rewritten('main.js', text, packages)).toBe(text);
  });
});

describe('the modules behind an entry', () => {
  const texts: Record<string, string> = {
    'main.js': `import { a } from './parts/a.js';\nconst later = () => import('./screens/b.js');`,
    'parts/a.js': `export { c } from '../c.js';`,
    'c.js': `import '../main.js';`.replace('../', './'),
    'screens/b.js': `import { a } from '../parts/a.js';\nimport { d } from './d.js';`,
    'screens/d.js': '',
  };
  const read = (name: string): string => {
    const text = texts[name];
    if (text === undefined) throw new Error(`${name} is not there`);
    return text;
  };
  it('are those that it imports at once, circles included, and with those that it imports later', () => {
    expect(reached(read, 'main.js', { later: false })).toEqual(['main.js', 'parts/a.js', 'c.js']);
    expect(reached(read, 'main.js', { later: true }).sort()).toEqual(Object.keys(texts).sort());
  });
  it('must all be there', () => {
    expect(() =>
      reached((name) => (name === 'x.js' ? `import './y.js'` : read(name)), 'x.js', { later: true }),
    ).toThrow('y.js is not there');
  });
});
