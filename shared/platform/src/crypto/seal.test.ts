import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivedSealKeys } from './derive.ts';
import { readySealKeys, resealed, type SealKeys, seal, unseal } from './seal.ts';

const [former, next, stranger] = [randomBytes(32), randomBytes(32), randomBytes(32)];
const rotating: readonly SealKeys[] = [[next, former], readySealKeys([next, former])];

describe('seal keys while they are rotated', () => {
  it('open what each of them sealed at its place, and seal under the newest alone', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.constantFrom(...rotating), (place, text, keys) => {
        for (const key of [former, next]) expect(unseal(keys, place, seal(key, place, text))).toBe(text);
        expect(unseal(keys, `${place}!`, seal(former, place, text))).toBeUndefined();
        expect(unseal(keys, place, seal(stranger, place, text))).toBeUndefined();
        expect(unseal(next, place, seal(keys, place, text))).toBe(text);
        expect(unseal(former, place, seal(keys, place, text))).toBeUndefined();
      }),
    );
  });
  it('put what stands under an older one under the newest, once, and nothing that does not open', () => {
    for (const keys of [...rotating, derivedSealKeys([next, former], 'purpose')]) {
      const old = keys === rotating[0] || keys === rotating[1] ? former : derivedSealKeys(former, 'purpose');
      const moved = resealed(keys, 'place', seal(old, 'place', 'words')) ?? '';
      expect(unseal(keys, 'place', moved)).toBe('words');
      expect(unseal(old, 'place', moved)).toBeUndefined();
      expect(resealed(keys, 'place', moved)).toBeUndefined();
      expect(resealed(keys, 'place', seal(stranger, 'place', 'words'))).toBeUndefined();
      expect(resealed(keys, 'elsewhere', seal(old, 'place', 'words'))).toBeUndefined();
    }
  });
});
