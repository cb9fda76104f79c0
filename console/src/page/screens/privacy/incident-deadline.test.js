import { expect, it } from 'vitest';
import { urgency } from './incident-deadline.js';

it('a deadline stands out in its last day and once it is missed, and no more once it is kept', () => {
  const dueAt = '2026-05-08T09:00:00.000Z';
  const hours = (/** @type {number} */ before) => Date.parse(dueAt) - before * 3_600_000;
  expect(urgency({ deadline: 'running', dueAt }, hours(25))).toBe('running');
  expect(urgency({ deadline: 'running', dueAt }, hours(23))).toBe('advised');
  expect(urgency({ deadline: 'missed', dueAt }, hours(-1))).toBe('missed');
  expect(urgency({ deadline: 'kept', dueAt }, hours(1))).toBe('done');
});
