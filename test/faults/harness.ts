import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Stack } from '@vox/local/stack';
import { type Report, reconcile } from '@vox/ops/reconciliation';
import { expect } from 'vitest';
import { testStack } from '../stack/test-stack.ts';
import { type Answer, type Shop, shopOn } from '../stack/visitor.ts';

/** The visitor's deadline, and what the way there and back may take besides. */
export const answeredMs = 6_000;
/** A refusal for the bus. */
export const refusedMs = 1_000;

export const wide = {
  openSessions: 1_000,
  sessionStartsPerMinute: 1_000,
  tokensPerDay: 100_000_000,
  microsPerDay: 1_000_000_000,
};

export const preload = (file: string): string => `--import=${fileURLToPath(new URL(file, import.meta.url))}`;

const pointsFolder = mkdtempSync(join(tmpdir(), 'vox-crash-'));
/** Settings of a service that can be told to kill itself. */
export const crashing = { NODE_OPTIONS: preload('./crash-here.ts'), CRASH_POINTS: pointsFolder };
/** From now on such a service kills itself when it gets to a point. */
export function arm<R extends Pick<Stack['services'][number], 'pid' | 'kill'>>(service: R, point: string): R {
  writeFileSync(join(pointsFolder, String(service.pid)), point);
  service.kill('SIGUSR2');
  return service;
}

export const serviceNamed = (stack: Stack, name: string) => {
  const found = stack.services.find((service) => service.name === name);
  if (found === undefined) throw new RangeError(`${name} is no service of this stack`);
  return found;
};
export const serviceOf = (copy: string): string => copy.replace(/-\d$/, '');

/** What the reconciliation says now. */
export const audited = (stack: Stack): Promise<Report> =>
  reconcile({
    natsServers: [stack.operatorEnv.NATS_URL ?? ''],
    nkeySeed: stack.operatorEnv.NATS_NKEY_SEED,
    mongoUri: stack.servers.mongo.url,
  });
/** Waits until the ledgers reconcile: what is under way comes to rest, and then nothing is wrong. */
export const balance = (stack: Stack, timeout = 40_000) =>
  expect.poll(async () => (await audited(stack)).findings, { timeout, interval: 1_000 }).toEqual([]);

/** A call from its start to its end. Every answer on the way is the contract's, in time. */
export async function wholeCall(shop: Shop, used: object = { audio_in: 10, audio_out: 10 }): Promise<Answer> {
  const granted = await shop.start();
  expect([200, 502, 503]).toContain(granted.status);
  expect(granted.sentMs).toBeLessThan(answeredMs);
  if (granted.status !== 200) return granted;
  const usage = { responseId: 'r1', text_in: 1, text_out: 1, audio_in: 0, audio_out: 0, ...used };
  for (const [path, body] of [
    ['/api/heartbeat', {}],
    ['/api/usage/report', usage],
    ['/api/session/end', {}],
  ] as const) {
    const answer = await shop.say(path, granted, body);
    expect([200, 503]).toContain(answer.status);
    expect(answer.sentMs).toBeLessThan(answeredMs);
  }
  return granted;
}

export const times = <T>(count: number, work: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => work(n)));

/** How often each status was answered. */
export const statuses = (answers: readonly Answer[]): Record<number, number> =>
  Object.fromEntries([...Map.groupBy(answers, ({ status }) => status)].map(([status, of]) => [status, of.length]));
/** What was not answered with 200, in words: for a test that fails. */
export const refused = (answers: readonly Answer[]): string[] =>
  answers
    .filter(({ status }) => status !== 200)
    .map(({ path, status, body, sentMs }) => `${path} ${status} ${body.code} after ${Math.round(sentMs)} ms`);
export const slowest = (answers: readonly Answer[]): number => Math.max(...answers.map(({ sentMs }) => sentMs));

/** Calls that begin and end all the while. What it gives back stops it and answers how they went. */
export function traffic(shop: Shop, visitors = 4): () => Promise<readonly Answer[]> {
  let stopped = false;
  const answers: Answer[] = [];
  const visitor = async (): Promise<void> => {
    while (!stopped) {
      const granted = await shop.start();
      answers.push(granted);
      if (granted.status !== 200) continue;
      answers.push(await shop.say('/api/heartbeat', granted), await shop.say('/api/session/end', granted));
    }
  };
  const all = times(visitors, visitor);
  return async () => {
    stopped = true;
    await all;
    return answers;
  };
}

/** Arms a fault of the provider, or clears all. */
export const provider = (stack: Stack) => {
  const say = (method: string, body: object): Promise<Response> =>
    fetch(`${stack.simulatorUrl}/simulator/faults`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return {
    arm: (fault: object, count: number) => say('POST', { fault, times: count }),
    clear: () => say('DELETE', {}),
  };
};

export const comesBack = (shop: Shop, timeout = 20_000) =>
  expect.poll(async () => (await shop.start()).status, { timeout, interval: 250 }).toBe(200);

/** Operators' commands work too: auth has its own link to everything. */
export const commandsComeBack = (stack: Stack, timeout = 20_000) =>
  expect
    .poll(
      () =>
        shopOn(stack).then(
          () => 'done',
          () => 'refused',
        ),
      { timeout, interval: 500 },
    )
    .toBe('done');

export { type Answer, type Shop, type Stack, shopOn, testStack };
