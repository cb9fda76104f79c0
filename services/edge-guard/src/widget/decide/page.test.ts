import { Origin } from '@vox/contracts';
import { hostileOrigins, hostileWords } from '@vox/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentPolicy, filled } from './page.ts';

const words = fc.oneof(
  fc.constantFrom(...hostileWords, ...hostileOrigins),
  fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
);

describe('a content security policy', () => {
  it('has the directives it was given and no other, or is not made', () => {
    let made = 0;
    fc.assert(
      fc.property(words, (text) => {
        const parts = (() => {
          try {
            return contentPolicy({ 'default-src': ["'none'"], 'frame-ancestors': [text] }).split(';');
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError);
            return undefined;
          }
        })();
        if (parts === undefined) return;
        made += 1;
        expect(parts).toEqual(["default-src 'none'", ` frame-ancestors ${text}`]);
        expect(text).toMatch(/^[\x21-\x7e]+$/);
      }),
    );
    expect(made).toBeGreaterThan(0);
  });
  it('is not made of a list of sources in the place of one, an empty source, or none', () => {
    for (const bad of ['a b', 'a;b', 'a,b', 'a\r\nb', 'ä', '', 'a\u0000'])
      expect(() => contentPolicy({ 'frame-ancestors': [bad] }), JSON.stringify(bad)).toThrow(RangeError);
    expect(() => contentPolicy({ 'frame-ancestors': [] })).toThrow(RangeError);
    expect(() => contentPolicy({ 'frame-ancestors x': ['a'] })).toThrow(RangeError);
  });
  it('takes every origin that a key can be bound to', () => {
    fc.assert(
      fc.property(fc.domain(), (domain) => {
        const origin = Origin.safeParse(`https://${domain.toLowerCase()}`);
        if (origin.success) expect(contentPolicy({ 'frame-ancestors': [origin.data] })).toContain(origin.data);
      }),
    );
  });
});

describe('a page whose places are filled', () => {
  const html = '<meta content="%ORIGIN%"><meta content="%PROVIDER%">';
  it('holds each value as text in its own place, whatever it says', () => {
    fc.assert(
      fc.property(words, words, (origin, provider) => {
        const page = filled(html, { ORIGIN: origin, PROVIDER: provider });
        const said = [...page.matchAll(/content="([^"]*)"/g)].map(([, text = '']) =>
          text.replace(/&#(\d+);/g, (_all, code) => String.fromCharCode(Number(code))),
        );
        expect(said).toEqual([origin, provider]);
        expect(page.match(/[<>]/g)).toHaveLength(4);
      }),
    );
  });
  it('keeps a place that nobody fills, also one that is named like what every object has', () => {
    expect(filled('%OTHER%', { ORIGIN: 'x' })).toBe('%OTHER%');
    expect(filled('%CONSTRUCTOR%', {})).toBe('%CONSTRUCTOR%');
  });
});
