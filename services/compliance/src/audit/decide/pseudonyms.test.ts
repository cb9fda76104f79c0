import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutIdentifiers } from './pseudonyms.ts';

describe('a reason in the audit log', () => {
  it('keeps every id of a call whole, wherever it stands', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.constantFrom('', 'why ', 'it is ', '("', 'see: '), (id, before) => {
        for (const text of [`${before}${id}`, `${before}${id.toUpperCase()}, again`])
          expect(withoutIdentifiers(text)).toBe(text);
      }),
    );
  });
  it('loses every telephone number, beside an id and behind one too', () => {
    const id = '01234567-1234-4123-8123-012345678901';
    for (const number of ['+34 600 123 456', '600123456', '(555) 123-4567', '0171/2345678', '12.34.56.78']) {
      expect(withoutIdentifiers(`call ${number}`)).toMatch(/^call \(?\[removed\]$/);
      expect(withoutIdentifiers(`${id} ${number}`)).toMatch(new RegExp(`^${id} \\(?\\[removed\\]$`));
    }
  });
  it('loses a number that only looks like a part of an id, and an address', () => {
    expect(withoutIdentifiers(`x12345678-1234-4123-8123-012345678901`)).toBe('x[removed]');
    expect(withoutIdentifiers('12345678-1234')).toBe('[removed]');
    expect(withoutIdentifiers('ada@shop.example wrote')).toBe('[removed] wrote');
  });
});
