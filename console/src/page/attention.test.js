import { describe, expect, it } from 'vitest';
import { attentionOf } from './attention.js';

const nowMs = Date.parse('2026-11-30T12:00:00.000Z');
/** @param {number} days */
const inDays = (days) => new Date(nowMs + days * 86_400_000).toISOString();
/** @param {Parameters<typeof attentionOf>[0]} known */
const found = (known) => attentionOf(known, nowMs).map(({ words, count }) => `${words.split('.')[1]} ${count}`);

const key = { state: 'active', ageDays: 1, expiresAt: null };
const request = { state: 'working', dueAt: inDays(20) };
const budget = { limit: 'tokensPerDay', inForce: 100, used: 1, credited: 0, remaining: 99, resetsAt: inDays(0.5) };

describe('what needs attention', () => {
  it('is nothing where all is well, and where somebody may ask for nothing', () => {
    expect(found({})).toEqual([]);
    expect(found({ halted: false, budget: [budget], keys: [key], requests: [request], missing: 0 })).toEqual([]);
  });
  it('is a budget that is used up, or will be before the day ends, or nearly is', () => {
    expect(found({ budget: [{ ...budget, remaining: 0 }] })).toEqual(['budgetOut 1']);
    expect(found({ budget: [{ ...budget, used: 60, remaining: 40 }] })).toEqual(['budgetNear 1']);
    expect(found({ budget: [{ ...budget, limit: 'tokensPerMonth', remaining: 20 }] })).toEqual(['budgetNear 1']);
    expect(found({ budget: [{ ...budget, inForce: null, remaining: null }] })).toEqual([]);
    expect(found({ budget: [{ ...budget, inForce: 0, remaining: 0 }] })).toEqual(['budgetOut 1']);
  });
  it('is a person’s request that is late or due within a week, as long as it is open', () => {
    const requests = [-1, 0, 7, 8].map((days) => ({ ...request, dueAt: inDays(days) }));
    expect(found({ requests })).toEqual(['requestsLate 1', 'requestsSoon 2']);
    expect(found({ requests: requests.map((each) => ({ ...each, state: 'done' })) })).toEqual([]);
  });
  it('is a key that is old or ends soon, as long as it works', () => {
    const keys = [
      { ...key, ageDays: 90 },
      { ...key, expiresAt: inDays(14) },
      { ...key, expiresAt: inDays(15) },
    ];
    expect(found({ keys })).toEqual(['keysEnd 1', 'keysOld 1']);
    expect(found({ keys: keys.map((each) => ({ ...each, state: 'revoked' })) })).toEqual([]);
  });
  it('is told with what does harm already at the head', () => {
    const known = { halted: true, lateIncidents: 2, missing: 3, requests: [{ ...request, dueAt: inDays(-1) }] };
    expect(found(known)).toEqual(['isEngaged 1', 'requestsLate 1', 'incidentsLate 2', 'missing 3']);
    expect(attentionOf(known, nowMs).map(({ isUrgent }) => isUrgent)).toEqual([true, true, true, false]);
  });
});
