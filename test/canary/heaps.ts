import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from '@vox/local/stack';
import { expect } from 'vitest';
import { type Canary, leaks } from './search.ts';

const signal = 'SIGUSR2';
/** Long enough for a large heap on a busy machine. */
const soon = { timeout: 60_000, interval: 100 };

/** Where services write their heaps, and the setting that makes them do so. */
export function heapsHere() {
  const folder = mkdtempSync(join(tmpdir(), 'vox-heaps-'));
  const NODE_OPTIONS = `--heapsnapshot-signal=${signal} --diagnostic-dir=${folder}`;
  return { folder, env: { NODE_OPTIONS }, close: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The heap of a process as text. It writes it once nobody holds what it shows any more: V8 collects garbage first. */
async function heapOf(folder: string, service: Stack['services'][number]): Promise<string> {
  service.kill(signal);
  let text = '';
  const isWhole = (): boolean => {
    const file = readdirSync(folder).find((name) => name.includes(`.${service.pid}.`));
    text = file === undefined ? '' : readFileSync(join(folder, file), 'latin1');
    if (!text.trimEnd().endsWith('}')) return false;
    rmSync(join(folder, file ?? ''));
    return true;
  };
  await expect.poll(isWhole, soon).toBe(true);
  return text;
}

/**
 * Which canaries the heaps of all services hold, one after another: each is large. `known` is a text that each of them
 * holds, so that a heap in which nothing is found was searched all the same.
 */
export async function leaksInHeaps({ services }: Stack, folder: string, canaries: readonly Canary[], known: string) {
  const found: string[] = [];
  for (const service of services) {
    const text = await heapOf(folder, service);
    expect(text.includes(known), `the heap of ${service.name} has ${known}`).toBe(true);
    found.push(...leaks(canaries, [{ name: `heap of ${service.name}`, text }]));
  }
  return found;
}
