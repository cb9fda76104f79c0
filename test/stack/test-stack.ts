import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStack, type Stack, type StackOptions } from '@vox/local/stack';
import { afterAll } from 'vitest';
import { watchFacts } from './watch.ts';

type TestStackOptions = Partial<StackOptions> & Readonly<{ stopMs?: number }>;

/**
 * Opens a stack for one test file and stops it after the last test. Visitors may name their own addresses, because the
 * doors trust this process as a proxy. `isOpen` is false when a server cannot be had: then the file skips its tests.
 */
export async function testStack({ stopMs = 60_000, ...options }: TestStackOptions = {}) {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'vox-stack-'));
  const opened = await openStack({
    folder,
    testEnv: process.env,
    ...options,
    env: { TRUSTED_PROXIES: '127.0.0.1/32', ...options.env },
  });
  afterAll(async () => {
    await opened?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, stopMs);
  return { isOpen: opened !== undefined, stack: opened as Stack, folder };
}

/** Opens a stack, and collects the facts that are published on it until the last test is over. */
export async function watchedStack(options: TestStackOptions = {}) {
  const opened = await testStack(options);
  const watch = opened.isOpen ? await watchFacts(opened.stack) : undefined;
  afterAll(() => watch?.close());
  return {
    ...opened,
    /** Every fact so far. */
    allFacts: () => watch?.all() ?? [],
    /** The data of the facts of a type about one tenant. */
    factsOf: (type: string, tenantId: string) => watch?.of(type, tenantId) ?? [],
  };
}
