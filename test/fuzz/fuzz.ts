import fc from 'fast-check';
import { type Operation, operations } from './document.ts';
import { type Answer, wrongWith } from './judge.ts';
import { requestsOf, type Sent } from './requests.ts';
import type { Known } from './values.ts';

/** The installation that is fuzzed. */
export type Target = Readonly<{
  url: () => string;
  /** Called again for each stretch of requests, because tokens and sessions expire. */
  known: () => Promise<Known>;
  /** Values that no answer may hold. */
  secrets: () => readonly string[];
  /** Headers of every request, such as an address of its own. */
  headers: () => Record<string, string>;
  /** Statuses from 500 on that the state of the target explains. */
  unable?: readonly number[];
}>;

type Env = Readonly<Record<string, string | undefined>>;
/** FUZZ_SEED and FUZZ_RUNS (per operation) from the environment, over a fixed seed and the number given. */
export const plan = (env: Env, runs: number) => ({
  seed: Number(env.FUZZ_SEED ?? 20_260_505),
  runs: Number(env.FUZZ_RUNS ?? runs),
});

/** The number of requests with the same tokens and sessions. */
const stretch = 50;

async function send({ url, headers }: Target, { method }: Operation, sent: Sent): Promise<Answer> {
  const search = sent.query.length === 0 ? '' : `?${new URLSearchParams(sent.query)}`;
  const response = await fetch(`${url()}${sent.path}${search}`, {
    method: method.toUpperCase(),
    redirect: 'manual',
    headers: { ...sent.headers, ...headers() },
    ...(sent.body !== undefined && { body: sent.body }),
  });
  const contentType = response.headers.get('content-type') ?? '';
  const text = contentType.startsWith('text/event-stream') ? await beginningOf(response) : await response.text();
  return { status: response.status, contentType, text };
}

/** A stream of events ends when its call does: what comes first is enough, and the stream is left. */
async function beginningOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return new TextDecoder().decode(first?.value);
}

/**
 * Sends hostile requests of one operation. Throws with the smallest one that was answered wrongly. Answers how many
 * were granted, and how many came past whoever asks: with none, only the first check was fuzzed.
 */
export async function fuzz(
  target: Target,
  operation: Operation,
  { seed, runs }: Readonly<{ seed: number; runs: number }>,
): Promise<Readonly<{ granted: number; heard: number }>> {
  let [granted, heard] = [0, 0];
  for (let done = 0; done < runs; done += stretch) {
    const known = await target.known();
    const checked = fc.asyncProperty(requestsOf(operation, known), async (sent) => {
      const answer = await send(target, operation, sent);
      if (answer.status < 400) granted += 1;
      if (![401, 403, 429].includes(answer.status)) heard += 1;
      const wrong = wrongWith(operation, answer, target.secrets());
      if (wrong !== undefined) throw new Error(`${wrong}\n${answer.text.slice(0, 500)}`);
      if (answer.status >= 500 && !target.unable?.includes(answer.status))
        throw new Error(`a ${answer.status} although nothing is down`);
    });
    await fc.assert(checked, { seed: seed + done, numRuns: Math.min(stretch, runs - done), endOnFailure: true });
  }
  return { granted, heard };
}

export { operations };
