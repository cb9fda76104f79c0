import { describe, expect, it } from 'vitest';
import { leaks } from './search.ts';

const value = 'canary+5f/d1?é"x';
const canary = { what: 'a secret', value, mayBeIn: /^vault$/ };

describe('the search for canaries', () => {
  const tails = ['a', 'ab', 'abc', 'abcd'].map((before) => Buffer.from(`${before}${value}tail`));
  it.each<readonly [string, string]>([
    ['plain', value],
    ['in JSON', JSON.stringify({ a: value })],
    ['in a URL', `/x?token=${encodeURIComponent(value)}&y`],
    ['in hex', Buffer.from(value).toString('hex')],
    ['in base64', Buffer.from(value).toString('base64')],
    ...tails.map((bytes) => [`in base64 of ${bytes.length} bytes`, bytes.toString('base64')] as const),
    ...tails.map((bytes) => [`in base64url of ${bytes.length} bytes`, bytes.toString('base64url')] as const),
  ])('finds a canary that is written %s, and says where', (_how, text) => {
    const found = leaks([canary], [{ name: 'log of edge-guard', text: `before ${text} after` }]);
    expect(found).toEqual([expect.stringMatching(/^a secret in log of edge-guard: …/)]);
    expect(found[0]).not.toContain(value);
  });
  it('finds no canary where none is, or where it may be', () => {
    expect(leaks([canary], [{ name: 'vault', text: value }])).toEqual([]);
    expect(leaks([canary], [{ name: 'log', text: 'canary 5f d1' }])).toEqual([]);
  });
  it('refuses canaries so short that chance could write them', () => {
    expect(() => leaks([{ what: 'x', value: 'abc' }], [])).toThrow(RangeError);
  });
});
