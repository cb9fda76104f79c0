import { describe, expect, it } from 'vitest';
import { dueIn, progressOf } from './progress.ts';

const evidence = [{ step: 'find', at: '2026-05-05T12:00:00.000Z', count: 1 }];

describe('the progress of a person’s request', () => {
  it('names the steps that are done and the one that it waits for', () => {
    const one = { steps: 8, evidence, holdId: null };
    const working = { ...one, state: 'working' as const };
    expect(progressOf({ ...working, next: 'quota' })).toBe('1 of 8 steps done; waits for an answer of quota');
    expect(progressOf({ ...working, next: 'archive' })).toBe('1 of 8 steps done; waits for the archive');
    const blocked = { ...one, state: 'blocked' as const, next: 'quota', holdId: 'h1' };
    expect(progressOf(blocked)).toBe('1 of 8 steps done; waits until the legal hold h1 is released');
    expect(progressOf({ ...one, steps: 1, state: 'done', next: null })).toBe('1 of 1 steps done: finished');
  });
  it('names the days until the deadline, unless the request is done', () => {
    const now = Date.parse('2026-05-05T12:00:00.000Z');
    const due = (dueAt: string, state: 'working' | 'done' = 'working') => dueIn({ dueAt, state }, now);
    expect(due('2026-05-05T18:00:00.000Z')).toBe('due today');
    expect(due('2026-05-07T12:00:00.000Z')).toBe('due in 2 days');
    expect(due('2026-05-03T13:00:00.000Z')).toBe('overdue by 2 days');
    expect(due('2026-05-03T13:00:00.000Z', 'done')).toBe('done');
  });
});
