import { describe, expect, it } from 'vitest';
import { spokenIn } from '../../bench/src/corpus/digits.ts';
import { givenCases, talkCases } from '../../bench/src/corpus/given.ts';
import { type Before, befores, givenScore } from '../../bench/src/corpus/given-score.ts';
import { kindCases } from '../../bench/src/corpus/kinds-cases.ts';

const conditions = (Object.keys(befores) as Before[]).flatMap((before) =>
  [true, false].map((atOnce) => [before, atOnce ? 'a session at once' : 'each turn by itself', atOnce] as const),
);
const given = givenCases();
/** The conversations that were looked at while the rules were written, and those that were held out. */
const halves = [false, true].map((heldOut) => given.filter((each) => each.heldOut === heldOut));
const kinds = kindCases(4);

describe('conversations that others wrote', { timeout: 60_000 }, () => {
  it('are of many kinds and of both halves', () => {
    expect(given.length).toBe(281);
    expect(given.filter(({ heldOut }) => heldOut).length).toBeGreaterThan(100);
  });
  it.each(conditions)('lose what must go in 97 of 100, %s, %s', (before, _how, atOnce) => {
    for (const half of halves) expect(givenScore(half, before, atOnce).clean).toBeGreaterThanOrEqual(0.97);
  });
  it.each(conditions)('keep what is harmless in 97 of 100: %s, %s', (before, _how, atOnce) => {
    for (const half of halves) expect(givenScore(half, before, atOnce).hurt).toBeLessThanOrEqual(0.03);
  });
  it.each([...new Set(given.map(({ language }) => language))])('are clean in %s', (language) => {
    const { clean } = givenScore(
      given.filter((each) => each.language === language),
      'fresh',
      false,
    );
    expect(clean).toBeGreaterThanOrEqual(0.95);
  });
});

describe('kinds of talk that were once heard wrong, with fresh numbers', { timeout: 60_000 }, () => {
  it.each(spokenIn)('are clean, and their harmless likes whole, in %s', (language) => {
    const cases = kinds.filter((each) => each.language === language);
    for (const before of Object.keys(befores) as Before[]) {
      const { clean, hurt } = givenScore(cases, before, false);
      expect(clean).toBeGreaterThanOrEqual(0.95);
      expect(hurt).toBeLessThanOrEqual(0.03);
    }
  });
});

describe('talk as recognisers write it down', { timeout: 60_000 }, () => {
  const talk = talkCases();
  it.each(spokenIn)('is clean in 97 of 100, and loses nothing harmless in 97 of 100, in %s', (language) => {
    const cases = talk.filter((each) => each.language === language);
    expect(cases.length).toBeGreaterThan(80);
    for (const before of Object.keys(befores) as Before[])
      for (const atOnce of [true, false]) {
        const { clean, hurt } = givenScore(cases, before, atOnce);
        expect(clean).toBeGreaterThanOrEqual(0.97);
        expect(hurt, before).toBeLessThanOrEqual(before === 'fresh' ? 0.03 : 0.06);
      }
  });
});
