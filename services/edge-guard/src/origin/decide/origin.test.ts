import { describe, expect, it } from 'vitest';
import { loopbackOrigins, maySpeakForCall, mayUseToken } from './origin.ts';

const shop = 'https://shop.example';
const vox = 'https://vox.example';
const ours = new Set([vox]);
const asker = (origin: string | undefined, framedBy?: string) => ({ origin, framedBy });

describe('a widget token', () => {
  it('may be used by a page of its origin, and by our own page that was framed for it', () => {
    expect(mayUseToken(shop, asker(shop), ours)).toBe(true);
    expect(mayUseToken(shop, asker(vox, shop), ours)).toBe(true);
    expect(mayUseToken(shop, asker(vox), ours)).toBe(true);
  });
  it('may be used by nobody else', () => {
    for (const origin of [undefined, '', 'null', 'https://evil.example', `${shop}.evil.example`, `${shop}, ${shop}`])
      expect(mayUseToken(shop, asker(origin), ours), String(origin)).toBe(false);
    expect(mayUseToken(shop, asker('https://SHOP.example'), ours)).toBe(false);
  });
  it('may not be used by our own page that was framed for another, or for nobody', () => {
    for (const framedBy of ['https://evil.example', '', 'null', vox])
      expect(mayUseToken(shop, asker(vox, framedBy), ours)).toBe(false);
  });
});

describe('a call', () => {
  const may = (origin: string | undefined) => maySpeakForCall(origin, [shop], ours);
  it('is spoken for by our own page, by a page of its key, and by a server, which is of no origin', () => {
    expect([may(vox), may(shop), may(undefined)]).toEqual([true, true, true]);
  });
  it('is not spoken for by another page, or by one that hides its origin', () => {
    expect([may('https://evil.example'), may('null'), may('')]).toEqual([false, false, false]);
  });
});

it('a door that nobody named is known to this machine’s own browser by its port', () => {
  expect(loopbackOrigins(8_080)).toEqual(['http://127.0.0.1:8080', 'http://localhost:8080']);
});
