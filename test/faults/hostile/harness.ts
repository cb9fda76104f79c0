import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStack, type Stack } from '@vox/local/stack';
import { afterAll, beforeAll } from 'vitest';
import type { Answer } from '../../stack/visitor.ts';
import { type Watch, watchFacts } from '../../stack/watch.ts';

export { times, traffic } from '../harness.ts';

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

/** A stack of two copies of every service that answers visitors, closed after the file. `undefined` where its servers cannot be had. */
export async function hostileStack(env: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'vox-hostile-'));
  const opened = await openStack({
    folder,
    copies: { 'edge-guard': 2 },
    testEnv: process.env,
    // Many at once from one address are to meet the limit of their minute, and not that of the places before it.
    env: { TRUSTED_PROXIES: '127.0.0.1/32', PROOF_OF_WORK_TRIES: '4', IN_FLIGHT_PER_ADDRESS_MAX: '200', ...env },
  });
  const heard: { watch?: Watch } = {};
  beforeAll(async () => {
    if (opened !== undefined) heard.watch = await watchFacts(opened);
  });
  afterAll(async () => {
    await heard.watch?.close();
    await opened?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 120_000);
  /** The data of facts of a type about one tenant. */
  const factsOf = (type: string, tenantId: string) => heard.watch?.of(type, tenantId) ?? [];
  const stack = { ...opened, doors: opened?.urls } as Stack & Readonly<{ doors: readonly string[] }>;
  return { isOpen: opened !== undefined, stack, factsOf };
}

function counted<K extends string | number>(words: readonly K[]): Partial<Record<K, number>> {
  const counts: Partial<Record<K, number>> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
/** How often each status came. */
export const statuses = (answers: readonly Answer[]) => counted(answers.map(({ status }) => status));
/** How often each code of a refusal came. */
export const codes = (answers: readonly Answer[]) => counted(answers.map(({ body }) => String(body.code ?? 'none')));

export const usage = (responseId: string, over: object = {}) => ({
  responseId,
  text_in: 0,
  text_out: 0,
  audio_in: 0,
  audio_out: 0,
  ...over,
});
