import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalisedAddress } from './normalised-address.ts';

describe('an address for signing in', () => {
  it.each([
    ['Ann@Example.com', 'ann@example.com'],
    ['  ann@example.com\t', 'ann@example.com'],
    ['ann@example.com.', 'ann@example.com'],
    ['ann+shop@example.com', 'ann+shop@example.com'],
    ['a.n.n@example.com', 'a.n.n@example.com'],
    ["o'hara@example.com", "o'hara@example.com"],
    ['ann@xn--mller-kva.example', 'ann@xn--mller-kva.example'],
  ])('%j is read as %s', (written, form) => {
    expect(normalisedAddress(written)).toBe(form);
  });

  it.each([
    ['a line end', 'ann@example.com\r\nBcc: eve@example.com'],
    ['a line end at its end', 'ann@example.com\n'],
    ['a line end at its beginning', '\r\nann@example.com'],
    ['a NUL', 'ann\0@example.com'],
    ['another control', 'ann\u0007@example.com'],
    ['a line separator of Unicode', 'ann@example.com\u2028'],
    ['a list', 'ann@example.com,eve@example.com'],
    ['a list with a semicolon', 'ann@example.com;eve@example.com'],
    ['a list with a blank', 'ann@example.com eve@example.com'],
    ['a name', 'Ann <ann@example.com>'],
    ['angle brackets', '<ann@example.com>'],
    ['a group', 'all:ann@example.com;'],
    ['a comment', 'ann(x)@example.com'],
    ['two signs', 'ann@eve@example.com'],
    ['a route', '@relay.example:ann@example.com'],
    ['quotation marks', '"ann"@example.com'],
    ['quotation marks with a sign', '"ann@example.com,eve"@example.com'],
    ['a Cyrillic letter', 'аnn@example.com'],
    ['a Cyrillic letter in its domain', 'ann@exаmple.com'],
    ['the Kelvin sign', 'ann@\u212aelvin.example'],
    ['a dotless i', 'ann@l\u0131nk.example'],
    ['a long s', 'ro\u017fe@example.com'],
    ['full-width letters', 'ａnn@example.com'],
    ['an accent', 'änn@example.com'],
    ['an invisible character', 'an\u200bn@example.com'],
    ['a mark that turns the direction', 'ann\u202e@example.com'],
    ['a domain in another script', 'ann@müller.example'],
    ['no sign', 'ann.example.com'],
    ['no local part', '@example.com'],
    ['no domain', 'ann@'],
    ['a domain without a dot', 'ann@localhost'],
    ['an IP address', 'ann@127.0.0.1'],
    ['an IP address in brackets', 'ann@[127.0.0.1]'],
    ['two dots in a row', 'a..nn@example.com'],
    ['a dot at the beginning', '.ann@example.com'],
    ['a dot before the sign', 'ann.@example.com'],
    ['a local part of 65 octets', `${'a'.repeat(65)}@example.com`],
    ['a local part of 10,000 octets', `${'a'.repeat(10_000)}@example.com`],
    ['nothing', ''],
  ])('is refused with %s', (_what, written) => {
    expect(normalisedAddress(written)).toBeUndefined();
  });

  it('is one address in ASCII that is read as itself, whatever was written', () => {
    const sign = fc.constantFrom(...'aZ9.@,;<>"\\ \t\r\n\0()[]:%!+-\u212aаı', 'example.com');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(sign, { maxLength: 40 }).map((signs) => signs.join('')),
        ),
        (written) => {
          const form = normalisedAddress(written);
          if (form === undefined) return;
          expect(form).toMatch(/^[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9.-]+$/);
          expect(normalisedAddress(form)).toBe(form);
        },
      ),
    );
  });
});
