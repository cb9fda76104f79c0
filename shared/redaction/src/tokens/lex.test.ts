import { describe, expect, it } from 'vitest';
import { redactText, strictestPolicy } from '../mod.ts';

describe('what only separates', () => {
  it.each(['card=4539%201488%200343%206467', 'card=4539+1488+0343+6467', 'card=4539&nbsp;1488&nbsp;0343&nbsp;6467'])(
    'is cut with the card around it: %s',
    (text) => {
      expect(redactText(text, strictestPolicy).text).toBe('card=[REDACTED:card]');
    },
  );
  it('is none behind a number that it measures', () => {
    expect(redactText('50% off, 20% more', strictestPolicy).text).toBe('50% off, 20% more');
  });
});
