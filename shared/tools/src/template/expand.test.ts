import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { someTool } from '../tool.fixture.ts';
import { expand } from './expand.ts';
import type { Values } from './values.ts';

const values = (args: object): Values => ({
  args,
  secrets: { SHOP_KEY: 'k1' },
  session: { callId: 'call_1', sessionId: 's', tenantId: 't', agentId: 'a' },
});
const expanded = (http: object, args: object) => expand(someTool({ http }).http, values(args));
const request = (http: object, args: object) => {
  const found = expanded(http, args);
  if (found.kind !== 'request') throw new Error(`${found.place} ${found.why}`);
  return found.request;
};

describe('a tool’s templates', () => {
  it('become one request, with each value in its place', () => {
    expect(request({}, { number: 'A 7/8', note: 'soon' })).toEqual({
      method: 'POST',
      url: 'https://api.shop.com/orders/A%207%2F8',
      headers: { Authorization: 'Bearer k1', 'Content-Type': 'application/json' },
      body: '{"note":"soon","call":"call_1"}',
    });
  });
  it('keep the type of a value that is a whole text of the body', () => {
    const jsonBodyTemplate = { count: '{{args.count}}', list: ['{{args.list}}'], said: 'n={{args.count}}' };
    expect(request({ jsonBodyTemplate }, { number: '1', count: 3, list: [1, { a: true }] }).body).toBe(
      '{"count":3,"list":[[1,{"a":true}]],"said":"n=3"}',
    );
  });
  it('read a member that only a prototype has as missing', () => {
    const jsonBodyTemplate = { a: '{{args.constructor}}', b: '{{args.number.length}}', c: '{{args.__proto__.x}}' };
    expect(request({ jsonBodyTemplate }, { number: '1' }).body).toBe('{"a":null,"b":null,"c":null}');
  });
  it('leave out what is empty where the descriptor says so', () => {
    const jsonBodyTemplate = { note: '{{args.note}}', deep: { a: '', b: [null] }, zero: 0, no: false };
    expect(request({ jsonBodyTemplate, pruneEmpty: true }, { number: '1' }).body).toBe('{"zero":0,"no":false}');
    expect(request({ jsonBodyTemplate }, { number: '1' }).body).toContain('"note":null');
  });
  it.each([
    ['a way up', '..'],
    ['a way up whose dots are written out', '%2e%2e'],
    ['a place where it stands', '.'],
  ])('refuse %s in the path', (_what, number) => {
    const refused = expanded({ urlTemplate: 'https://api.shop.com/orders/{{args.number}}/lines' }, { number });
    // A value's own % is encoded, so that what was written out stays a name.
    if (number.includes('%')) expect(refused).toMatchObject({ request: { url: expect.stringContaining('%252e') } });
    else expect(refused).toEqual({ kind: 'unfit', place: 'urlTemplate', why: 'would leave its path' });
  });
  it('refuse a path whose value is missing, and leave out a pair of the query or a header whose value is', () => {
    const urlTemplate = 'https://api.shop.com/orders/{{args.number}}/lines?q={{args.note}}';
    expect(expanded({ urlTemplate }, { number: '' })).toMatchObject({ kind: 'unfit', place: 'urlTemplate' });
    expect(request({ urlTemplate }, { number: '7', note: null }).url).toBe('https://api.shop.com/orders/7/lines');
    expect(request({ urlTemplate: `${urlTemplate}&r=1` }, { number: '7' }).url).toMatch(/lines\?r=1$/);
    expect(request({ urlTemplate }, { number: '7', note: '' }).url).toMatch(/lines\?q=$/);
    const headers = { 'X-Note': '{{args.note}}', 'X-Said': 'n={{args.note}}' };
    expect(request({ headers }, { number: '7' }).headers).toMatchObject({ 'X-Said': 'n=' });
    expect(request({ headers }, { number: '7' }).headers).not.toHaveProperty('X-Note');
  });
  it('lead to as deep a path as they show, whatever is empty', () => {
    const shown = fc.array(
      fc.constantFrom('orders', '{{args.a}}', '{{args.b}}', '{{args.a}}{{args.b}}', 'n-{{args.a}}'),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    const value = fc.constantFrom('', '7', null, [], '/', ' ');
    const end = fc.constantFrom('', '/', '?q={{args.a}}', '/?q=1');
    fc.assert(
      fc.property(shown, end, value, value, (segments, tail, a, b) => {
        const found = expanded({ urlTemplate: `https://api.shop.com/${segments.join('/')}${tail}` }, { a, b });
        if (found.kind === 'unfit') return [a, b].some((each) => each === '' || each === null);
        const { pathname } = new URL(found.request.url);
        return pathname.split('/').filter((each) => each !== '').length === segments.length;
      }),
    );
  });
  it('refuse an empty value at the end of the path, which is the list of all, also where a double slash is shown', () => {
    for (const urlTemplate of [
      'customers/{{args.id}}',
      'customers/{{args.id}}?a=1',
      'a//b/{{args.id}}',
      'a//{{args.id}}/b',
    ])
      expect(expanded({ method: 'DELETE', urlTemplate: `https://api.shop.com/${urlTemplate}` }, { id: '' })).toEqual({
        ...{ kind: 'unfit', place: 'urlTemplate', why: 'lacks a value in its path' },
      });
  });
  it.each(['a\r\nX-Evil: 1', 'a\nb', 'a\0b', 'é', '\u2028'])('refuse %j in a header', (note) => {
    expect(expanded({ headers: { 'X-Note': '{{args.note}}' } }, { number: '1', note })).toEqual({
      kind: 'unfit',
      place: 'headers.X-Note',
      why: 'must be ASCII without line breaks',
    });
  });
  it('refuse a secret that is not there, and say nothing of any value', () => {
    const refused = expanded({ headers: { Authorization: 'Bearer {{secrets.OTHER}}' } }, { number: '4111' });
    expect(refused).toEqual({
      kind: 'unfit',
      place: 'headers.Authorization',
      why: 'names a secret that is not there',
    });
  });
  it('are read once: a value that looks like a placeholder stays what it is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[{}.a-zA-Z\s]{0,40}$/), (note) => {
        const said = `{{secrets.SHOP_KEY}}${note}`;
        const { body = '' } = request({ jsonBodyTemplate: { note: 'x {{args.note}}' } }, { number: '1', note: said });
        expect(JSON.parse(body)).toEqual({ note: `x ${said}` });
      }),
    );
  });
  it('let no value change scheme, host, path depth, query names or fragment', () => {
    const urlTemplate = 'https://api.shop.com/a/{{args.number}}/b?q={{args.note}}&r=1';
    const odd = [
      '/',
      '\\',
      '?',
      '#',
      '&',
      '=',
      '@',
      ':',
      '%2f',
      '..',
      '.',
      '\r\n',
      '\0',
      ' ',
      '+',
      'é',
      '語',
      '\ud800',
      '{{',
    ];
    const value = fc.array(fc.oneof(fc.constantFrom(...odd), fc.string()), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(value, value, (numbers, notes) => {
        const [number, note] = [numbers.join(''), notes.join('')];
        const found = expanded({ urlTemplate }, { number, note });
        if (found.kind === 'unfit') return true;
        const { origin, hash, username, pathname, searchParams } = new URL(found.request.url);
        const [, , said = '', ...more] = pathname.split('/');
        const wanted = [
          'https://api.shop.com',
          '',
          '',
          'b',
          number,
          JSON.stringify([
            ['q', note],
            ['r', '1'],
          ]),
        ];
        const got = [
          origin,
          hash,
          username,
          more.join('/'),
          decodeURIComponent(said),
          JSON.stringify([...searchParams]),
        ];
        return got.every((each, at) => each === wanted[at]);
      }),
    );
  });
});
