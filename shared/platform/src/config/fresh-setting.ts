import { readFileSync, statSync } from 'node:fs';
import type { z } from 'zod';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * A setting that somebody may change while the process runs: when its file (`NAME_FILE`) has changed, it is read again.
 * A file that cannot be read, or that holds something which is no such setting, changes nothing: what was read last
 * stays in force. A setting that comes from no file never changes.
 */
export function freshSetting<T>(name: string, env: Env, field: z.ZodType<T>, given: T): () => T {
  const file = env[`${name}_FILE`];
  if (file === undefined) return () => given;
  let [known, readAtMs] = [given, changedAtMs(file)];
  return () => {
    const nowMs = changedAtMs(file);
    if (nowMs === undefined || nowMs === readAtMs) return known;
    const found = field.safeParse(textOf(file));
    if (!found.success) return known;
    [known, readAtMs] = [found.data, nowMs];
    return known;
  };
}

const changedAtMs = (file: string): number | undefined => statSync(file, { throwIfNoEntry: false })?.mtimeMs;

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    return undefined;
  }
}
