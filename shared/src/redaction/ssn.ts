import type { Cut } from './cut.ts';
import type { Token } from './lex.ts';
import { endOf, type Run, startOf } from './run.ts';
import { spellings } from './spellings.ts';

const written = /^[0-9]{3}([ -])[0-9]{2}\1[0-9]{4}$/;
const word = /^(?:ssn|social|sozialversicherungsnummer)$/;

/** Areas 000, 666 and 9xx, group 00 and serial 0000 are never given (20 CFR 422.103; SSA, “SSN Randomization”). */
const isGiven = (digits: string): boolean => /^(?!000|666|9)[0-9]{3}(?!00)[0-9]{2}(?!0000)[0-9]{4}$/.test(digits);

/** Social security numbers: written in their own shape, or any nine digits where somebody has named it. */
export function ssns(text: string, tokens: readonly Token[], runs: readonly Run[]): Cut[] {
  const named = tokens.some((token) => token.as === 'word' && word.test(token.text));
  return runs.flatMap((run): Cut[] => {
    const [start, end] = [startOf(run), endOf(run)];
    const shaped = end - start === 11 && written.test(text.slice(start, end));
    if (!shaped && !named) return [];
    return spellings(run, 9).some((digits) => digits.length === 9 && isGiven(digits))
      ? [{ start, end, kind: 'ssn' }]
      : [];
  });
}
