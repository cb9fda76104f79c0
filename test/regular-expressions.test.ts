import { globSync, readFileSync } from 'node:fs';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { checkSync } from 'recheck';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { expressionsIn, type FoundExpression } from './regular-expressions.ts';

const files = globSync([
  'services/*/src/**/*.ts',
  'shared/*/src/**/*.ts',
  'widget/src/**/*.js',
  'console/src/*.ts',
  'console/src/page/**/*.js',
]).filter((file) => !/\.(test|promises|given|fixture)\.[tj]s$/.test(file));
/** The expressions of zod that our schemas use. */
const fromZod = Object.entries({ email: z.email(), uuid: z.uuid(), datetime: z.iso.datetime({ offset: true }) });

/** Why an expression takes more than linear time. Decided on its automaton, not by a clock. */
function slowness({ source, flags }: Pick<FoundExpression, 'source' | 'flags'>): string | undefined {
  const found = checkSync(source, flags, { timeout: 30_000 });
  const { status } = found;
  const type = status === 'unknown' ? status : found.complexity.type;
  return status === 'safe' && (type === 'safe' || type === 'linear') ? undefined : `${status}, ${type}`;
}

describe('a regular expression of the product', () => {
  const found = files.flatMap(expressionsIn);
  it('takes time that grows no faster than the length of any text', () => {
    expect(found.length).toBeGreaterThan(80);
    const slow = found.flatMap((each) => {
      const why = slowness(each);
      return why === undefined ? [] : [`${each.file}: /${each.source}/${each.flags}: ${why}`];
    });
    expect(slow).toEqual([]);
  }, 120_000);
  it('is built at run time only from our own words', () => {
    const made = files.filter((file) => /\bRegExp\(/.test(readFileSync(file, 'utf8')));
    // These build an expression from constants of the code: field names, host labels, invisible characters, the name of
    // a Redis line, names of digits.
    expect(made.sort()).toEqual([
      // It has the patterns of the contracts, as their schemas hold them.
      'console/src/page/audit-file/in-form.js',
      'services/edge-guard/src/store/keep/redis-memory.ts',
      'shared/contracts/src/audit/line.ts',
      'shared/contracts/src/values/origin.ts',
      'shared/contracts/src/values/plain-text.ts',
      'shared/redaction/src/words/joined.ts',
      // They look whether a pattern of a tool is one, and run it on single characters alone.
      'shared/tools/src/pattern/linear-pattern.ts',
      'shared/tools/src/pattern/program.ts',
    ]);
  });
  it.each(fromZod)('that comes from zod takes no longer: %s', (_name, schema) => {
    const pattern = schema.def.pattern;
    expect(pattern && slowness(pattern)).toBeUndefined();
  });
  it('that comes from ajv-formats, and that arguments of tools meet, takes no longer', () => {
    // The format `url` is read as `uri`.
    const { url, ...met } = fullFormats;
    const found = Object.entries(met).flatMap(([name, format]) => {
      const source = format instanceof RegExp ? format : (format as { validate?: unknown }).validate;
      return source instanceof RegExp ? [[name, slowness(source)] as const] : [];
    });
    expect(found.length).toBeGreaterThan(10);
    expect(found.filter(([, why]) => why !== undefined)).toEqual([]);
    expect(url instanceof RegExp && slowness(url)).toContain('polynomial');
  }, 60_000);
  it('that backtracks is found by this test', () => {
    expect(slowness(/^(a+)+$/)).toContain('exponential');
    expect(slowness(/\s+$/)).toContain('polynomial');
  });
});
