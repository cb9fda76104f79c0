import { globSync, readFileSync } from 'node:fs';
import { checkSync } from 'recheck';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { expressionsIn, type Found } from './regular-expressions.ts';

const files = globSync(['services/*/src/**/*.ts', 'shared/*/src/**/*.ts', 'widget/src/**/*.js']).filter(
  (file) => !/\.(test|promises|given)\.[tj]s$/.test(file),
);
/** Those of zod that stand in our shapes. */
const fromZod = Object.entries({ email: z.email(), uuid: z.uuid(), datetime: z.iso.datetime({ offset: true }) });

/** What makes an expression take more than linear time: decided on its automaton, not by a clock. */
function slowness({ source, flags }: Pick<Found, 'source' | 'flags'>): string | undefined {
  const found = checkSync(source, flags, { timeout: 30_000 });
  const { status } = found;
  const type = status === 'unknown' ? status : found.complexity.type;
  return status === 'safe' && (type === 'safe' || type === 'linear') ? undefined : `${status}, ${type}`;
}

describe('a regular expression of the product', () => {
  const found = files.flatMap(expressionsIn);
  it('takes time that grows with the length of the text and no faster, whatever the text', () => {
    expect(found.length).toBeGreaterThan(80);
    const slow = found.flatMap((each) => {
      const why = slowness(each);
      return why === undefined ? [] : [`${each.file}: /${each.source}/${each.flags}: ${why}`];
    });
    expect(slow).toEqual([]);
  }, 120_000);
  it('is none that is made of text while it runs, but one of our own words', () => {
    const made = files.filter((file) => /\bRegExp\(/.test(readFileSync(file, 'utf8')));
    // The form of an audit entry, of the names of its fields; of a host, of its labels; of what nobody sees in a
    // text, of what one such sign is; of a line of Redis, of the name that we ask for; of digits in one short word, of
    // their names.
    expect(made.sort()).toEqual([
      'services/edge-guard/src/store/keep/redis-memory.ts',
      'shared/contracts/src/audit/line.ts',
      'shared/contracts/src/values/origin.ts',
      'shared/contracts/src/values/plain-text.ts',
      'shared/redaction/src/words/joined.ts',
    ]);
  });
  it.each(fromZod)('of zod takes no longer: %s', (_name, schema) => {
    const pattern = schema.def.pattern;
    expect(pattern && slowness(pattern)).toBeUndefined();
  });
  it('that backtracks would be found', () => {
    expect(slowness(/^(a+)+$/)).toContain('exponential');
    expect(slowness(/\s+$/)).toContain('polynomial');
  });
});
