import { describe, expect, it } from 'vitest';
import { redactText, strictestPolicy, unknownRedactionState } from '../mod.ts';
import { leaving, talk } from '../session/talk.fixture.ts';

const left = (text: string): string => redactText(text, strictestPolicy).text;

describe('a letter that looks like a figure', () => {
  it.each(['4S39 I488 O343 64G7', '4 5 3 9 l 4 8 8 O 3 4 3 6 4 6 7', '4 5 3 9 I 4 8 8 0 3 4 3 6 4 6 7'])(
    'is cut with the card: %s',
    (text) => {
      expect(left(text)).toBe('[REDACTED:card]');
    },
  );
  it.each(['1Z999AA10123456784', 'item 5 l 4'])('is a letter elsewhere, after a lost state too: %s', (text) => {
    expect(leaving(talk(text), [], unknownRedactionState)).toEqual([text]);
  });
});
