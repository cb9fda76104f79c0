import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lintTool } from '../lint/lint.ts';
import { someTool } from '../tool.fixture.ts';
import { expand } from './expand.ts';
import { listStyles } from './parse.ts';

const values = (args: object) => ({ args, secrets: { SHOP_KEY: 'k1' }, session: { callId: 'call_1' } });
const at = (query: string): string => `https://api.shop.com/orders?${query}`;
const expanded = (http: object, args: object) => expand(someTool({ http }).http, values(args));
function queryOf(query: string, args: object): string {
  const found = expanded({ urlTemplate: at(query) }, args);
  if (found.kind !== 'request') throw new Error(`${found.place} ${found.why}`);
  return new URL(found.request.url).search;
}

describe('a list in a query', () => {
  it.each([
    ['repeat', '?id=a&id=b%2Cc&id=7&n=1'],
    ['comma', '?id=a,b%2Cc,7&n=1'],
    ['space', '?id=a%20b%2Cc%207&n=1'],
    ['pipe', '?id=a%7Cb%2Cc%7C7&n=1'],
  ])('is written as %s says', (style, expected) => {
    expect(queryOf(`id={{args.ids|${style}}}&n=1`, { ids: ['a', 'b,c', 7] })).toBe(expected);
    expect(queryOf(`id={{ args.ids | ${style} }}&n=1`, { ids: ['a', 'b,c', 7] })).toBe(expected);
  });
  it.each(listStyles)('is left out where it is empty or not there (%s)', (style) => {
    for (const args of [{ ids: [] }, { ids: null }, {}])
      expect(queryOf(`id={{args.ids|${style}}}&n=1`, args)).toBe('?n=1');
  });
  it('is read back as the values that it was made of, whatever they hold', () => {
    const text = fc.string({ unit: fc.constantFrom(...' ,|&=+%2C#?/\\"ab\né✓😀'), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (ids) => {
        const repeated = new URLSearchParams(queryOf('id={{args.ids|repeat}}&n=1', { ids }));
        expect([repeated.getAll('id'), [...repeated.keys()].length]).toEqual([ids, ids.length + 1]);
        const raw = /^\?id=([^&]*)&n=1$/.exec(queryOf('id={{args.ids|comma}}&n=1', { ids }))?.[1];
        expect(raw?.split(',').map(decodeURIComponent)).toEqual(ids);
      }),
    );
  });
  it.each([
    ['holds what its list is parted by', 'space', ['a b']],
    ['holds what its list is parted by', 'pipe', ['a|b']],
    ['must be a list of texts, numbers and booleans', 'repeat', 'a'],
    ['must be a list of texts, numbers and booleans', 'comma', { 0: 'a' }],
    ['must be a list of texts, numbers and booleans', 'comma', [['a']]],
    ['must be a list of texts, numbers and booleans', 'comma', [null]],
    ['holds half a character', 'repeat', ['\ud800']],
  ])('is refused where it %s (%s)', (why, style, ids) => {
    const found = expanded({ urlTemplate: at(`id={{args.ids|${style}}}`) }, { ids });
    expect(found).toEqual({ kind: 'unfit', place: 'urlTemplate', why });
  });
});

describe('a list that stands elsewhere', () => {
  const parameters = {
    type: 'object',
    properties: { ids: { type: 'array', items: { type: 'string' } } },
    required: ['ids'],
  };
  const url = 'https://api.shop.com/orders';
  it.each<[string, object]>([
    ['the path', { urlTemplate: `${url}/{{args.ids|comma}}` }],
    ['the path, though the query has it too', { urlTemplate: `${url}/{{args.ids|comma}}?id={{args.ids|comma}}` }],
    ['a part of a value', { urlTemplate: `${url}?id=x{{args.ids|comma}}` }],
    ['the name of a pair', { urlTemplate: `${url}?{{args.ids|comma}}=1` }],
    ['a pair without a name', { urlTemplate: `${url}?{{args.ids|comma}}` }],
    ['the fragment', { urlTemplate: `${url}#{{args.ids|comma}}` }],
    ['a header', { urlTemplate: url, headers: { 'X-Ids': '{{args.ids|comma}}' } }],
    ['the body', { urlTemplate: url, jsonBodyTemplate: { ids: '{{args.ids|repeat}}' } }],
    ['a style that there is not', { urlTemplate: `${url}?id={{args.ids|tabs}}` }],
    ['a secret', { urlTemplate: url, headers: { 'X-Key': '{{secrets.SHOP_KEY|comma}}' } }],
  ])('in %s is an error of its descriptor, and never sent', (_where, http) => {
    const tool = someTool({ parameters, http: { headers: {}, jsonBodyTemplate: undefined, ...http } });
    expect(lintTool(tool).filter(({ level }) => level === 'error')).toMatchObject([{ rule: 'bad-placeholder' }]);
    expect(expand(tool.http, values({ ids: ['a'] }))).toMatchObject({ kind: 'unfit' });
  });
  it('is none where it is a value of the query', () => {
    const urlTemplate = `${url}?id={{args.ids|comma}}&other={{args.ids|repeat}}`;
    const tool = someTool({ parameters, http: { urlTemplate, headers: {}, jsonBodyTemplate: undefined } });
    expect(lintTool(tool)).toEqual([]);
  });
});
