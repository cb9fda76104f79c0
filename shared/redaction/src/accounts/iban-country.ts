import type { Token } from '../tokens/token.ts';
import { lengths } from './iban-checks.ts';
import { letterAt } from './letters.ts';

/** A country at a token: two letters together or one by one. */
export function countryAt(
  text: string,
  tokens: readonly Token[],
  at: number,
): { country: string; next: number; certain: boolean } | undefined {
  const token = tokens[at];
  if (token === undefined || token.as === 'digits' || token.as === 'mark') return undefined;
  const written = text.slice(token.start, token.end);
  if (/^[A-Za-z]{2}$/.test(written)) {
    const country = written.toUpperCase();
    return lengths[country] === undefined ? undefined : { country, next: at + 1, certain: country === written };
  }
  const first = letterAt(text, tokens, at);
  const second = first && letterAt(text, tokens, at + first.size);
  if (first === undefined || second === undefined) return undefined;
  const country = first.letter + second.letter;
  return lengths[country] === undefined ? undefined : { country, next: at + first.size + second.size, certain: true };
}
