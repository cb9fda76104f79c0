import { describe, expect, it } from 'vitest';
import { onceEach } from './message.ts';

describe('a batch of messages', () => {
  it('holds each id once, as it came first, in its place', () => {
    const message = (id: string, text: string) => ({ id, role: 'user' as const, text, ts: '' });
    const sent = [message('a', 'one'), message('b', 'two'), message('a', 'three'), message('c', 'four')];
    expect(onceEach(sent).map(({ text, sequence }) => [text, sequence])).toEqual([
      ['one', 0],
      ['two', 1],
      ['four', 3],
    ]);
  });
});
