import type { PrivacyRequestView } from '@vox/contracts';

/** The name of each step for a reader. The other steps are services, and have their names. */
const steps: Readonly<Record<string, string>> = {
  find: 'the search for the person',
  compliance: 'the records of compliance',
  archive: 'the archive',
  clear: 'the clean-up',
  streams: 'the streams',
  keys: 'the keys of the person',
  certify: 'the receipt',
};
const stepName = (step: string): string => steps[step] ?? `an answer of ${step}`;

type Progress = Pick<PrivacyRequestView, 'state' | 'steps' | 'evidence' | 'next' | 'holdId'>;

/** The progress of a request: how many of its steps are done, and what it waits for. */
export function progressOf({ state, steps: all, evidence, next, holdId }: Progress): string {
  if (state === 'nobody-found') return 'nobody is known by these identifiers: nothing was done';
  const done = `${evidence.length} of ${all} steps done`;
  if (state === 'done' || next === null) return `${done}: finished`;
  if (holdId !== null) return `${done}; waits until the legal hold ${holdId} is released`;
  return `${done}; waits for ${stepName(next)}`;
}

const dayMs = 86_400_000;

/** The time until a deadline, or how late it is. */
export function dueIn({ dueAt, state }: Pick<PrivacyRequestView, 'dueAt' | 'state'>, nowMs: number): string {
  const days = Math.floor((Date.parse(dueAt) - nowMs) / dayMs);
  if (state === 'done' || state === 'nobody-found') return 'done';
  if (days < 0) return `overdue by ${-days} ${days === -1 ? 'day' : 'days'}`;
  return days === 0 ? 'due today' : `due in ${days} ${days === 1 ? 'day' : 'days'}`;
}

export type ShownRequest = PrivacyRequestView & Readonly<{ progress: string; due: string }>;

/** A request with its progress and deadline in words. */
export const shownRequest = (request: PrivacyRequestView, nowMs: number): ShownRequest => ({
  ...request,
  progress: progressOf(request),
  due: dueIn(request, nowMs),
});
