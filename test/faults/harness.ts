import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Stack } from '@vox/local/stack';
import { expect } from 'vitest';
import { reconciled } from '../stack/operator.ts';
import { testStack } from '../stack/test-stack.ts';
import { type Answer, type Shop, shopOn } from '../stack/visitor.ts';

/** The visitor's deadline, and the time for the way there and back. */
export const answeredMs = 6_000;
/** The time for a refusal because of the bus. */
export const refusedMs = 1_000;

export const wide = {
  openSessions: 1_000,
  sessionStartsPerMinute: 1_000,
  tokensPerDay: 100_000_000,
  microsPerDay: 1_000_000_000,
};

/** Looks for what is due come less often than usual: they are a good part of what a slow store can answer. */
export const seldom = { SWEEP_MS: '2000' };

export const preload = (file: string): string => `--import=${fileURLToPath(new URL(file, import.meta.url))}`;

const pointsFolder = mkdtempSync(join(tmpdir(), 'vox-crash-'));
/** Settings of a service that can kill itself at a point. */
export const crashing = { NODE_OPTIONS: preload('./crash-here.ts'), CRASH_POINTS: pointsFolder };
type Service = Stack['services'][number];
/** Makes such a service kill itself when it reaches the point. */
export function arm<R extends Pick<Service, 'pid' | 'kill'>>(service: R, point: string): R {
  writeFileSync(join(pointsFolder, String(service.pid)), point);
  service.kill('SIGUSR2');
  return service;
}
/** Makes the one of these copies kill itself that reaches the point first. The others go on. */
export function armFirst(copies: readonly Service[], point: string): void {
  const licence = join(pointsFolder, randomUUID());
  writeFileSync(licence, '');
  for (const copy of copies) arm(copy, `${point}\n${licence}`);
}

export const serviceNamed = (stack: Stack, name: string) => {
  const found = stack.services.find((service) => service.name === name);
  if (found === undefined) throw new RangeError(`${name} is no service of this stack`);
  return found;
};
export const serviceOf = (copy: string): string => copy.replace(/-\d$/, '');

/** Waits until the ledgers reconcile, after all work came to rest. */
export const balance = (stack: Stack, timeout = 40_000) =>
  expect.poll(async () => (await reconciled(stack)).findings, { timeout, interval: 1_000 }).toEqual([]);

/** Makes a call from start to end, and expects each answer to be allowed and in time. */
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

/** The number of answers with each status. */
export const statuses = (answers: readonly Answer[]): Record<number, number> =>
  Object.fromEntries([...Map.groupBy(answers, ({ status }) => status)].map(([status, of]) => [status, of.length]));
/** The answers other than 200, in words for a test that fails. */
export const refused = (answers: readonly Answer[]): string[] =>
  answers
    .filter(({ status }) => status !== 200)
    .map(({ path, status, body, sentMs, at }) => `${at} ${path} ${status} ${body.code} after ${Math.round(sentMs)} ms`);
export const slowest = (answers: readonly Answer[]): number => Math.max(...answers.map(({ sentMs }) => sentMs));

/**
 * Keeps calls beginning and ending, each visitor's after a pause. The returned function stops that and answers what
 * each request got.
 */
export function traffic(shop: Shop, visitors = 4, pauseMs = 0): () => Promise<readonly Answer[]> {
  let stopped = false;
  const answers: Answer[] = [];
  const visitor = async (): Promise<void> => {
    while (!stopped) {
      const granted = await shop.start();
      answers.push(granted);
      if (granted.status === 200)
        answers.push(await shop.say('/api/heartbeat', granted), await shop.say('/api/session/end', granted));
      await pause(pauseMs);
    }
  };
  const all = times(visitors, visitor);
  return async () => {
    stopped = true;
    await all;
    return answers;
  };
}

/** Arms a fault of the provider, or clears all faults. */
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

/** Waits until operators' commands work: auth has its own links to the servers. */
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
