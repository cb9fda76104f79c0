import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChangeEvent } from '../decide/change-event.ts';
import { began } from '../followed.fixture.ts';
import { gather } from './gather.ts';

let said: ChangeEvent[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  said = [];
});
afterEach(() => vi.useRealTimers());

describe('changes of a moment', () => {
  it('are said together once it is over, and those of the next after the next', () => {
    const gathered = gather(500, (event) => said.push(event));
    gathered.hear(began('a'));
    gathered.hear(began('b'));
    gathered.hear(began('a'));
    vi.advanceTimersByTime(499);
    expect(said).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(said).toHaveLength(2);
    gathered.hear(began('a'));
    vi.advanceTimersByTime(500);
    expect(said).toHaveLength(3);
  });
  it('are all named where one thing changes again and again', () => {
    const gathered = gather(500, (event) => said.push(event));
    for (let n = 0; n < 1_000; n += 1) gathered.hear(began(String(n % 3)));
    vi.advanceTimersByTime(500);
    expect(said.map((event) => event.kind)).toEqual(['changed', 'changed', 'changed']);
  });
  it('that come after whoever hears them has left are not said', () => {
    const gathered = gather(500, (event) => said.push(event));
    gathered.hear(began());
    gathered.stop();
    vi.advanceTimersByTime(5_000);
    expect(said).toEqual([]);
  });
});
