import type { Stack } from '@vox/local/stack';
import { watchedStack } from '../../stack/test-stack.ts';
import type { Answer } from '../../stack/visitor.ts';

export { seldom, times, traffic } from '../harness.ts';

/** Limits that bind only where a test lowers one. */
export const wide = {
  openSessions: 5_000,
  openSessionsPerPerson: 100,
  openSessionsPerAddress: 5_000,
  startsPerAddress: 60_000,
  startsPerPerson: 6_000,
  sessionStartsPerMinute: 6_000,
  requestsPerMinute: 6_000,
  burst: 1_000,
  tokensPerDay: 100_000_000,
  microsPerDay: 1_000_000_000,
};
export const soon = { timeout: 20_000, interval: 100 };

/** A stack with two copies of every service that answers visitors. `isOpen` is false when its servers cannot be had. */
export async function hostileStack(env: Record<string, string> = {}) {
  const {
    isOpen,
    stack: opened,
    factsOf,
  } = await watchedStack({
    copies: { 'edge-guard': 2 },
    // Many requests at once from one address must meet its limit of a minute, and not its limit of places before that.
    env: { PROOF_OF_WORK_TRIES: '4', IN_FLIGHT_PER_ADDRESS_MAX: '200', ...env },
    stopMs: 120_000,
  });
  const stack = { ...opened, doors: opened?.urls } as Stack & Readonly<{ doors: readonly string[] }>;
  return { isOpen, stack, factsOf };
}

function counted<K extends string | number>(words: readonly K[]): Partial<Record<K, number>> {
  const counts: Partial<Record<K, number>> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
/** The number of answers with each status. */
export const statuses = (answers: readonly Answer[]) => counted(answers.map(({ status }) => status));
/** The number of refusals with each code. */
export const codes = (answers: readonly Answer[]) => counted(answers.map(({ body }) => String(body.code ?? 'none')));

export const usage = (responseId: string, over: object = {}) => ({
  responseId,
  text_in: 0,
  text_out: 0,
  audio_in: 0,
  audio_out: 0,
  ...over,
});
