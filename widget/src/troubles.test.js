import { readFileSync } from 'node:fs';
import { afterEach, expect, it, vi } from 'vitest';
import { troubleOf, troubles, warnOf } from './troubles.js';

afterEach(() => vi.restoreAllMocks());

it('a trouble of the widget has a hint for the developer, whatever its code', () => {
  for (const code of Object.keys(troubles)) expect(troubleOf(code).hint, code).toMatch(/\.$/);
  expect(troubleOf('TOO_NEW', { message: 'No.' })).toEqual({
    ...{ code: 'TOO_NEW', message: 'No.' },
    hint: expect.stringContaining('does not know'),
  });
  expect(troubleOf('constructor').hint).toContain('does not know');
});
it('a trouble of the widget is one line of the console that begins with vox:, and names what exactly is wrong', () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue(undefined);
  warnOf(troubleOf('CONFIG_INVALID', { more: 'position: "middle"' }));
  expect(warn.mock.calls).toEqual([[expect.stringMatching(/^vox: CONFIG_INVALID\. .*position: "middle"$/)]]);
});
it('a trouble of the widget stands in its documentation, unless its code is the server’s', () => {
  const page = readFileSync(new URL('../../docs/widget.md', import.meta.url), 'utf8');
  const documented = [...page.matchAll(/^\| `([A-Z_]+)` /gm)].map(([, code]) => code);
  const own = Object.entries(troubles).filter(([, { words }]) => words !== 'server');
  expect(documented.sort()).toEqual(own.map(([code]) => code).sort());
});
