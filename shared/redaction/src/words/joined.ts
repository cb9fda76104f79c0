import { german } from './de.ts';
import { italian } from './it.ts';
import { dutch } from './nl.ts';

/** Digits written as one word are three or more, and no longer than the longest card’s: “settetresette”. */
const [least, longest] = [3, 160];
/** Shorter names of digits are in many words. */
const nameLeast = 3;

/** Languages that write numbers as one word, with the names of their digits in lower case and without accents. */
const languages = [german, italian, dutch].map(({ units }) => {
  const values = new Map(units.flatMap((names, value) => names.map((name): [string, number] => [name, value])));
  const names = [...values].filter(([name]) => name.length >= nameLeast);
  return { names, whole: new RegExp(`^(?:${names.map(([name]) => name).join('|')}){${least},}$`) };
});
const shortest = least * nameLeast;

/** The digits that a word is made of, without accents and in lower case, when it is nothing but names of them. */
export function joinedDigits(word: string): string | undefined {
  if (word.length < shortest || word.length > longest) return undefined;
  const found = languages.find(({ whole }) => whole.test(word));
  return found === undefined ? undefined : digitsOf(word, found.names);
}

/** Follows each end of a name, where the next name may begin: “ein” and “eins” begin alike. */
function digitsOf(word: string, names: readonly (readonly [string, number])[]): string | undefined {
  const upTo: (string | undefined)[] = [''];
  for (let at = 0; at < word.length; at += 1) {
    const digits = upTo[at];
    if (digits === undefined) continue;
    for (const [name, value] of names) if (word.startsWith(name, at)) upTo[at + name.length] ??= digits + value;
  }
  return upTo[word.length];
}
