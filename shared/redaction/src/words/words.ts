import { beyond } from './beyond.ts';
import { german } from './de.ts';
import { english } from './en.ts';
import { spanish } from './es.ts';
import { french } from './fr.ts';
import { italian } from './it.ts';
import type { Language, NumberWord } from './language.ts';
import { dutch } from './nl.ts';
import { portuguese } from './pt.ts';
import { sameScript } from './scripts.ts';

const inFull = { en: english, es: spanish, fr: french, de: german, it: italian, pt: portuguese, nl: dutch } as const;
export type LanguageCode = keyof typeof inFull;
const languages: readonly Language[] = [...Object.values(inFull), ...beyond];
const compounds = languages.flatMap(({ compound }) => compound ?? []);

/** Words without accents, in lower case: transcripts write both. `ß` is `ss`. */
export function plainWord(word: string): string {
  const lower = word.toLowerCase();
  if (/^[a-z]+$/.test(lower)) return lower;
  return sameScript(lower)
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replaceAll('ß', 'ss');
}

function numberWords(): ReadonlyMap<string, NumberWord> {
  const found = new Map<string, NumberWord>();
  const add = (name: string, meaning: NumberWord): void => {
    const word = plainWord(name);
    if (!found.has(word)) found.set(word, meaning);
  };
  for (const language of languages) {
    language.units.forEach((names, value) => {
      for (const name of names)
        add(name, { as: 'unit', value, ...(language.alsoFiller.includes(name) ? { maybe: true } : {}) });
    });
    for (const [name, value] of Object.entries(language.teens)) add(name, { as: 'pair', value });
    for (const [name, value] of Object.entries(language.tens)) add(name, { as: 'ten', value });
    for (const [name, value] of Object.entries(language.hundreds)) add(name, { as: 'hundred', value });
    for (const [name, value] of Object.entries(language.hundredsAlone))
      add(name, { as: 'hundred', value, alone: true });
    for (const name of language.thousand) add(name, { as: 'thousand', value: 1000 });
    for (const [name, value] of Object.entries(language.times)) add(name, { as: 'times', value });
    for (const name of language.fold) add(name, { as: 'fold', value: 0 });
    for (const [name, value] of Object.entries(language.plurals)) add(name, { as: 'unit', value, plural: true });
  }
  return found;
}

const numbers = numberWords();
const sets = (pick: (language: Language) => readonly string[]): ReadonlySet<string> => new Set(languages.flatMap(pick));
const fillers = sets((language) => language.fillers);
const ands = sets((language) => language.and);
const digitNouns = sets((language) => language.digitNouns);

const shortestCompound = 7;
export function numberWord(word: string): NumberWord | undefined {
  const known = numbers.get(word);
  if (known !== undefined || word.length < shortestCompound) return known;
  for (const compound of compounds) {
    const found = compound(word);
    if (found !== undefined) return found;
  }
  return undefined;
}
export const isFiller = (word: string): boolean => fillers.has(word) || ands.has(word);
export const isAnd = (word: string): boolean => ands.has(word);
/** “the next four digits” counts digits and says none. */
export const isDigitNoun = (word: string): boolean => digitNouns.has(word);

const wordsOf = ({ units, teens, tens, hundreds, hundredsAlone, thousand, fillers, and }: Language): string[] => [
  ...units.flat(),
  ...[teens, tens, hundreds, hundredsAlone].flatMap((each) => Object.keys(each)),
  ...[...thousand, ...fillers, ...and],
];

/** The language of most words of a text; `undefined` when no language leads. */
export function languageOf(words: readonly string[]): LanguageCode | undefined {
  const counts = Object.entries(inFull).map(([code, language]) => {
    const known = new Set(wordsOf(language).map(plainWord));
    return { code: code as LanguageCode, count: words.filter((word) => known.has(word)).length };
  });
  const [first, second] = counts.toSorted((a, b) => b.count - a.count);
  return first === undefined || first.count === 0 || first.count === second?.count ? undefined : first.code;
}
