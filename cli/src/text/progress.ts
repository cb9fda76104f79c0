import type { PrivacyRequestView } from '@vox/contracts';

/** What each step is about. A step that is a service's has the name of the service. */
const steps: Readonly<Record<string, string>> = {
  find: 'finding whom it is about',
  compliance: 'what compliance itself holds',
  archive: 'the archive',
  clear: 'clearing up',
  streams: 'what the streams hold',
  keys: 'the keys of the person',
  certify: 'the receipt',
};
const stepName = (step: string): string => steps[step] ?? `an answer of ${step}`;

type Progress = Pick<PrivacyRequestView, 'state' | 'steps' | 'evidence' | 'next' | 'holdId'>;

/** How far a request is, for a person: what is done of all, and what is awaited. */
export function progressOf({ state, steps: all, evidence, next, holdId }: Progress): string {
  if (state === 'nobody-found') return 'nobody is known by what was given: nothing was done';
  const done = `${evidence.length} of ${all} steps done`;
  if (state === 'done' || next === null) return `${done}: finished`;
  if (holdId !== null) return `${done}; waits until the legal hold ${holdId} is released`;
  return `${done}; waits for ${stepName(next)}`;
}

const dayMs = 86_400_000;

/** How long there is until a deadline, or how late it is. */
export function dueIn({ dueAt, state }: Pick<PrivacyRequestView, 'dueAt' | 'state'>, nowMs: number): string {
  const days = Math.floor((Date.parse(dueAt) - nowMs) / dayMs);
  if (state === 'done' || state === 'nobody-found') return 'done';
  if (days < 0) return `overdue by ${-days} ${days === -1 ? 'day' : 'days'}`;
  return days === 0 ? 'due today' : `due in ${days} ${days === 1 ? 'day' : 'days'}`;
}

export type ShownRequest = PrivacyRequestView & Readonly<{ progress: string; due: string }>;

/** A request as an officer reads it. */
export const shownRequest = (request: PrivacyRequestView, nowMs: number): ShownRequest => ({
  ...request,
  progress: progressOf(request),
  due: dueIn(request, nowMs),
});
