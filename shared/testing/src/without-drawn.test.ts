import { describe, expect, it } from 'vitest';
import { withoutDrawn } from './without-drawn.ts';

describe('a text without what is drawn at random', () => {
  it('has lost ids and keys, and every card in it stays', () => {
    const cards = ['4111111111111111', '4111-1111-1111-1111', '4111 1111 1111 1111', '6304000000000000000'];
    const ids = ['54111555-4111-4555-8411-155554111555', 'v_4111aaaaaaaaaaaaaaaa5555', 'w_demo_page_41115555aaaabbbb'];
    expect(withoutDrawn(JSON.stringify(cards))).toBe(JSON.stringify(cards));
    expect(withoutDrawn(JSON.stringify(ids))).not.toMatch(/\d/);
  });
});
