/**
 * A text without its ids, keys and signatures, whose digits are drawn at random and may look like anybody's card. No
 * number of a card is left out: none has twenty characters, with hyphens either.
 */
export const withoutDrawn = (text: string): string => text.replaceAll(/[\w-]{20,}/g, '…');
