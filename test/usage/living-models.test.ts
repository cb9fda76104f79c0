import { globSync, readFileSync } from 'node:fs';
import { normalize } from 'node:path';
import { listPrices } from '@vox/quota/prices';
import { describe, expect, it } from 'vitest';

/** Models that transcribe are not called with, so no price list says when the provider ends them. */
const endingTranscribers = ['whisper-1', 'gpt-4o-transcribe', 'gpt-4o-mini-transcribe'];
const ending = [...listPrices.flatMap(({ endsAtMs }) => Object.keys(endsAtMs ?? {})), ...endingTranscribers];
const named = new RegExp(`(?<![\\w.-])(?:${ending.join('|')})(?![\\w-]|\\.\\d)`, 'g');

/** Where it is said what such a model costs and when it ends. */
const about = [
  'services/quota/src/decide/prices.ts',
  'docs/decisions/mechanisms/0031-prices.md',
  'local/src/simulator/models.ts',
];
const pages = globSync(
  [
    '*.{md,yml,json}',
    'docs/**/*.{md,json}',
    '{services,shared,cli,local,ops,bench,widget}/**/*.{ts,js,json,md,yml,yaml,html}',
  ],
  { exclude: ['**/node_modules/**', '**/*.test.{ts,js}', '**/*.fixture.ts'] },
).map(normalize);

describe('a default, a demo or a page', () => {
  it('names no model that the provider shuts down', () => {
    expect(ending.length).toBeGreaterThan(endingTranscribers.length);
    expect(pages).toEqual(expect.arrayContaining([...about, 'docs/tenant.json']));
    const found = pages.flatMap((page) => {
      const names = readFileSync(page, 'utf8').match(named) ?? [];
      return about.includes(page) ? [] : names.map((name) => `${page}: ${name}`);
    });
    expect(found).toEqual([]);
    for (const page of about) expect(readFileSync(page, 'utf8')).toMatch(named);
  });
});
