import { describe, expect, it } from 'vitest';
import { lintTool } from '../lint/lint.ts';
import { expand } from '../template/expand.ts';
import { imported, importedTool, query } from './openapi.fixture.ts';

const list = { type: 'array', items: { type: 'string' } };
const color = { type: 'object', properties: { R: { type: 'integer' }, G: { type: 'integer' } }, required: ['R'] };

/** The query that an imported operation sends. */
function sent(parameter: object, args: object) {
  const { tool, notes } = importedTool({ parameters: [parameter] });
  expect([notes, lintTool(tool)]).toEqual([[], []]);
  const found = expand(tool.http, { args, secrets: {}, session: {} });
  if (found.kind === 'unfit') throw new Error(found.why);
  return { search: new URL(found.request.url).search, properties: tool.parameters.properties, tool };
}

/** What OpenAPI 3.1.1 shows for each style (“Style Examples”). */
describe('a list in the query of an operation', () => {
  const colors = { color: ['blue', 'black', 'brown'] };
  it.each<[object, string]>([
    [{}, '?color=blue&color=black&color=brown'],
    [{ explode: true }, '?color=blue&color=black&color=brown'],
    [{ style: 'form', explode: false }, '?color=blue,black,brown'],
    [{ style: 'spaceDelimited' }, '?color=blue%20black%20brown'],
    [{ style: 'pipeDelimited', explode: false }, '?color=blue%7Cblack%7Cbrown'],
  ])('is sent as its style says: %j', (over, expected) => {
    expect(sent(query('color', list, over), colors)).toMatchObject({ search: expected, properties: { color: list } });
  });
});

describe('an object in the query of an operation', () => {
  it.each<[object, string, object]>([
    [{}, '?R=100&G=200', { R: 100, G: 200 }],
    [{ style: 'deepObject', explode: true }, '?color%5BR%5D=100&color%5BG%5D=200', { color_R_: 100, color_G_: 200 }],
  ])('has an argument for each member, sent as its style says: %j', (over, expected, args) => {
    const { search, properties } = sent(query('color', color, { required: true, ...over }), args);
    expect(search).toBe(expected);
    expect(properties).toEqual(Object.fromEntries(Object.keys(args).map((name) => [name, { type: 'integer' }])));
  });
  it('demands the members that it must have where it must be there itself', () => {
    expect(sent(query('color', color, { required: true }), { R: 1 }).tool.parameters.required).toEqual(['R']);
    expect(sent(query('color', color), {}).tool.parameters).not.toHaveProperty('required');
  });
});

describe('a parameter of the query that no template writes', () => {
  it.each<[string, object, object, RegExp]>([
    ['a list of objects', { type: 'array', items: color }, {}, /something else than values/],
    ['a list of nothing in particular', { type: 'array' }, {}, /something else than values/],
    ['a list or a text', { type: ['array', 'string'], items: { type: 'string' } }, {}, /something else than values/],
    ['a list as deepObject', list, { style: 'deepObject' }, /a list of the style deepObject, which has no meaning/],
    ['a list as spaceDelimited that is exploded', list, { style: 'spaceDelimited', explode: true }, /no meaning/],
    ['a value as pipeDelimited', { type: 'string' }, { style: 'pipeDelimited' }, /one value of the style/],
    ['an object in one value', color, { explode: false }, /an object of the style form, explode: false/],
    ['an object as pipeDelimited', color, { style: 'pipeDelimited' }, /an object of the style pipeDelimited/],
    ['an object without names', { type: 'object', additionalProperties: true }, {}, /names no members/],
    ['an object with a choice', { ...color, oneOf: [{ required: ['G'] }] }, {}, /hang together by oneOf/],
    [
      'an object in an object',
      { type: 'object', properties: { a: color } },
      { style: 'deepObject' },
      /member a may be a list or an object/,
    ],
    ['a style that there is not', list, { style: 'tabs' }, /has the style tabs/],
  ])('is refused by name where it must be there, and left out where it may be: %s', (_what, schema, over, why) => {
    const found = imported({ parameters: [query('color', schema, { ...over, required: true })] });
    expect(found).toMatchObject({ kind: 'refused', place: expect.stringContaining('(query color)') });
    expect(found.kind === 'refused' && found.why).toMatch(why);
    const { tool, notes } = importedTool({ parameters: [query('color', schema, over)] });
    expect(tool.parameters.properties).toEqual({});
    expect(notes).toEqual([expect.stringMatching(/^The optional parameter color \(query\) is left out: it /)]);
  });
});
