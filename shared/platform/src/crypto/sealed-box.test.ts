import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newBoxKey, sealTo } from './mod.ts';

const text = 'canary-secret-19c4';
const sealed = (publicKey: string, context = 'here', what = text): string => sealTo(publicKey, context, what) ?? '';

describe('a sealed box', () => {
  it('opens for the holder of its key, with any text and context', () => {
    const key = newBoxKey();
    const unicode = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(unicode, unicode, (context, what) => {
        expect(key.open(context, sealed(key.publicKey, context, what))).toBe(what);
      }),
      { numRuns: 30 },
    );
  });
  it('shows nothing of its text, and is another each time', () => {
    const { publicKey } = newBoxKey();
    const [one, other] = [sealed(publicKey), sealed(publicKey)];
    expect(one).not.toContain(Buffer.from(text).toString('base64url').slice(4, 12));
    expect(one.split('.')[0]).not.toBe(other.split('.')[0]);
  });
  it('opens for no other key and in no other context', () => {
    const [key, stranger] = [newBoxKey(), newBoxKey()];
    const box = sealed(key.publicKey);
    expect(stranger.open('here', box)).toBeUndefined();
    expect(key.open('there', box)).toBeUndefined();
    // The ephemeral key is bound too: a box does not open under that of another.
    const [, inner = ''] = box.split('.');
    expect(key.open('here', `${sealed(key.publicKey).split('.')[0]}.${inner}`)).toBeUndefined();
  });
  it('does not open once any bit of it has changed', () => {
    const key = newBoxKey();
    const box = sealed(key.publicKey);
    const [theirs = '', inner = ''] = box.split('.');
    const bytes = Buffer.concat([Buffer.from(theirs, 'base64url'), Buffer.from(inner, 'base64url')]);
    fc.assert(
      // The highest bit of the key is ignored (RFC 7748 §5); the text of the key is in the salt all the same.
      fc.property(fc.nat({ max: bytes.length * 8 - 1 }), (bit) => {
        const changed = Buffer.from(bytes);
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const written = [changed.subarray(0, 32), changed.subarray(32)].map((part) => part.toString('base64url'));
        expect(key.open('here', written.join('.'))).toBeUndefined();
      }),
      { numRuns: 60 },
    );
  });
  it.each([
    ['no key', ''],
    ['a short key', 'AAAA'],
    ['a long key', 'A'.repeat(44)],
    ['the point zero', Buffer.alloc(32).toString('base64url')],
    ['the point one', Buffer.from([1, ...Buffer.alloc(31)]).toString('base64url')],
  ])('is not made for %s, and does not open from it', (_, wrong) => {
    expect(sealTo(wrong, 'here', text)).toBeUndefined();
    expect(newBoxKey().open('here', `${wrong}.${'A'.repeat(80)}`)).toBeUndefined();
  });
  it.each(['', '.', 'a.b.c', '..', 'no box'])('is not %j', (wrong) =>
    expect(newBoxKey().open('here', wrong)).toBeUndefined(),
  );
});
