import type { Token } from './token.ts';

const digitsOfCard = 13;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const uuidLength = 36;

/** Tokens with nothing between them, or one hyphen. */
function grouped(text: string, tokens: readonly Token[], hyphens: boolean): Token[][] {
  const groups: Token[][] = [];
  for (const token of tokens) {
    const end = groups.at(-1)?.at(-1)?.end;
    const glued = end === token.start || (hyphens && end !== undefined && end + 1 === token.start && text[end] === '-');
    if (glued) groups.at(-1)?.push(token);
    else groups.push([token]);
  }
  return groups;
}

/**
 * Digits, letters and digits again, with more than one letter; in 4111x1111 the letter only separates. A mark counts as
 * digits.
 */
function isIdentifier(text: string, group: readonly Token[]): boolean {
  const signs = { digits: '0', mark: '0', word: 'a', spoken: '-' };
  const changes = group.map(({ as }) => signs[as]).join('');
  if (!/0a+0/.test(changes) || changes.includes('-')) return false;
  const words = group.filter(({ as }) => as === 'word');
  const letters = words.flatMap(({ start, end }) => text.slice(start, end).toLowerCase().match(/[a-z]/g) ?? []);
  return new Set(letters).size > 1;
}

function isUuid(text: string, group: readonly Token[]): boolean {
  const [start, end] = [group[0]?.start ?? 0, group.at(-1)?.end ?? 0];
  return end - start === uuidLength && uuid.test(text.slice(start, end)) && group.some(({ as }) => as === 'word');
}

/**
 * The digits of hashes, UUIDs and other identifiers become words, so they are no part of a number. A group that is long
 * enough for a card stays.
 */
const words = (group: readonly Token[]): Token[] =>
  group.map((token): Token => {
    const { start, end } = token;
    if (token.as === 'mark' || (token.as === 'digits' && token.digits.length >= digitsOfCard)) return token;
    return { as: 'word', start, end, text: '', filler: false, and: false };
  });

/** Whether figures touch a word at all, or through a hyphen: few texts have any. */
const touches = (tokens: readonly Token[]): boolean =>
  tokens.some((token, at) => {
    const next = tokens[at + 1];
    return (
      next !== undefined &&
      next.start - token.end <= 1 &&
      token.as === 'word' &&
      (next.as === 'digits' || next.as === 'mark')
    );
  });

export const withoutIdentifiers = (text: string, tokens: readonly Token[]): readonly Token[] =>
  !touches(tokens)
    ? tokens
    : grouped(text, tokens, true).flatMap((group) =>
        isUuid(text, group)
          ? words(group)
          : grouped(text, group, false).flatMap((part) => (isIdentifier(text, part) ? words(part) : part)),
      );
