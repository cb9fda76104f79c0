import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emailForm } from './email-address.ts';

const locals = ['ann', 'ann+shop', 'ann.b', 'o’brien', 'josé', '用户', "o'brien", 'abc.', '"a b"', '"a@b"'] as const;
const domains = [
  ['example.com', 'example.com'],
  ['münchen.de', 'xn--mnchen-3ya.de'],
  ['例え.テスト', 'xn--r8jz45g.xn--zckzah'],
  ['sub.straße.de', 'sub.xn--strae-oqa.de'],
] as const;
const wide = (text: string): string =>
  text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));

/** One address in one of the ways in which people write it. */
const written = fc
  .record({
    local: fc.constantFrom(...locals),
    domain: fc.constantFrom(...domains),
    ways: fc.record({
      upper: fc.boolean(),
      ascii: fc.boolean(),
      decomposed: fc.boolean(),
      rootDot: fc.boolean(),
      quoted: fc.boolean(),
      blanks: fc.boolean(),
      wide: fc.boolean(),
    }),
  })
  .map(({ local, domain: [unicode, ascii], ways }) => {
    const said = ways.quoted && !local.startsWith('"') ? `"${local}"` : local;
    let text = `${said}@${ways.ascii ? ascii : unicode}${ways.rootDot ? '.' : ''}`;
    if (ways.upper) text = text.replace(/[a-zéü]/g, (letter) => letter.toUpperCase());
    if (ways.decomposed) text = text.normalize('NFD');
    if (ways.wide && !text.includes('xn--')) text = wide(text);
    if (ways.blanks) text = ` ${text}\t`;
    return { form: `${local}@${ascii}`, text };
  });

describe('an e-mail address', () => {
  it('has one form, whatever the letters, the spelling of its domain and its quotation marks', () => {
    fc.assert(
      fc.property(written, ({ form, text }) => {
        expect(emailForm(text)).toBe(form);
      }),
      { numRuns: 500 },
    );
  });
  it('has a canonical form that reads back as itself', () => {
    fc.assert(
      fc.property(written, ({ form }) => {
        expect(emailForm(form)).toBe(form);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (local) => {
        const form = emailForm(`${local}@example.com`);
        if (form !== undefined) expect(emailForm(form)).toBe(form);
      }),
      { numRuns: 1_000 },
    );
  });
  it('with another tag, dot or letter is another address', () => {
    const all = ['ann', 'a.nn', 'ann+1', 'ann+2', 'ann.', 'anne', 'strass', 'straß', '"a n"', '"a  n"'];
    expect(new Set(all.map((local) => emailForm(`${local}@example.com`))).size).toBe(all.length);
    const plain = fc.stringMatching(/^[a-z0-9+_-]{1,20}$/);
    fc.assert(
      fc.property(plain, plain, (one, other) => {
        expect(emailForm(`${one}@example.com`) === emailForm(`${other}@example.com`)).toBe(one === other);
      }),
    );
  });
  it.each([
    ['none', 'n/a'],
    ['a name beside it', 'Ann <ann@example.com>'],
    ['a list', 'ann@example.com, bea@example.com'],
    ['a list with semicolons', 'ann@example.com;bea@example.com'],
    ['a header behind it', 'ann@example.com\r\nBcc: bea@example.com'],
    ['an end of line', 'ann@example.com\n'],
    ['a header in quotation marks', '"ann\r\nBcc: x"@example.com'],
    ['a letter that nobody sees', 'an\u200bn@example.com'],
    ['a mark that turns its direction', 'ann\u202e@example.com'],
    ['a soft hyphen in its domain', 'ann@ex\u00adample.com'],
    ['half a letter', 'ann\ud800@example.com'],
    ['a blank without quotation marks', 'a nn@example.com'],
    ['no local part', '@example.com'],
    ['nothing in quotation marks', '""@example.com'],
    ['dots alone', '..@example.com'],
    ['a domain without a dot', 'ann@localhost'],
    ['a number as its host', 'ann@192.0.2.1'],
    ['a host in brackets', 'ann@[192.0.2.1]'],
    ['an escape in its domain', 'ann@exa%41mple.com'],
    ['a port', 'ann@example.com:25'],
    ['an empty label', 'ann@a..com'],
    ['a label that begins with a hyphen', 'ann@-a.com'],
    ['punycode that is none', 'ann@xn--zz--.com'],
    ['a scheme', 'mailto:ann@example.com'],
    ['a comment', 'ann(work)@example.com'],
    ['a local part that is too long', `${'a'.repeat(65)}@example.com`],
    ['a text without end', `${'a@'.repeat(9_999)}example.com`],
  ])('is not %s', (_what, text) => expect(emailForm(text)).toBeUndefined());
});
