import { hostileOrigins } from '@vox/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Origin, originOf, WrittenOrigin } from './origin.ts';

describe('an origin', () => {
  it.each(hostileOrigins.map((text) => JSON.stringify(text)))('is not %s', (text) => {
    expect(originOf(JSON.parse(text))).toBeUndefined();
    expect(Origin.safeParse(JSON.parse(text)).success).toBe(false);
    expect(WrittenOrigin.safeParse(JSON.parse(text)).success).toBe(false);
  });
  it.each([
    ['https://shop.example', 'https://shop.example'],
    ['https://SHOP.Example', 'https://shop.example'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['https://ｓhop.example', 'https://shop.example'],
    ['https://shop.example:8443', 'https://shop.example:8443'],
    ['http://localhost:5173', 'http://localhost:5173'],
    ['http://127.0.0.1:8090', 'http://127.0.0.1:8090'],
    ['https://[2001:DB8::1]:8443', 'https://[2001:db8::1]:8443'],
    ['https://my_shop.example', 'https://my_shop.example'],
  ])('written as %s is read as browsers send it, %s', (written, sent) => {
    expect(WrittenOrigin.parse(written)).toBe(sent);
    expect(Origin.parse(sent)).toBe(sent);
    expect(Origin.safeParse(written).success).toBe(written === sent);
  });
  it('is ASCII without separators, and is its own origin, whatever was written', () => {
    const piece = fc.oneof(fc.constantFrom(...hostileOrigins), fc.string({ unit: 'grapheme' }), fc.domain());
    const written = fc.tuple(fc.constantFrom('https://', 'http://', ''), piece).map((parts) => parts.join(''));
    let found = 0;
    fc.assert(
      fc.property(written, (text) => {
        const origin = originOf(text);
        if (origin === undefined) return;
        found += 1;
        expect(origin).toMatch(/^https?:\/\/[a-z0-9._[\]:-]+$/);
        expect(new URL(origin).origin).toBe(origin);
        expect(originOf(origin)).toBe(origin);
      }),
      { numRuns: 1_000 },
    );
    expect(found).toBeGreaterThan(20);
  });
});
