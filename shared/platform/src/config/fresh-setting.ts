import { readFileSync, statSync } from 'node:fs';
import type { z } from 'zod';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * A setting that somebody may change while the process runs: when its file (`NAME_FILE`) has changed, it is read again.
 * A file that cannot be read, or that holds something which is no such setting, changes nothing: what was read last
 * stays in force, and `onUnusable` hears of it once. A setting that comes from no file never changes.
 */
export function freshSetting<T>(
  name: string,
  env: Env,
  field: z.ZodType<T>,
  given: T,
  onUnusable: () => void = () => undefined,
): () => T {
  const file = env[`${name}_FILE`];
  if (file === undefined) return () => given;
  let [known, lookedAtMs] = [given, changedAtMs(file)];
  return () => {
    const nowMs = changedAtMs(file);
    if (nowMs === lookedAtMs) return known;
    lookedAtMs = nowMs;
    const text = textOf(file);
    const found = text === undefined ? undefined : field.safeParse(text);
    if (found?.success) known = found.data;
    else onUnusable();
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
