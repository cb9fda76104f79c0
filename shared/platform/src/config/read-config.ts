import { readFileSync } from 'node:fs';
import type { z } from 'zod';

/** Every mistake in the environment, in one error. Values are never repeated: some are secrets. */
export class ConfigError extends Error {
  readonly mistakes: readonly string[];
  constructor(mistakes: readonly string[]) {
    super(`bad configuration:\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`);
    this.name = 'ConfigError';
    this.mistakes = mistakes;
  }
}

type Env = Readonly<Record<string, string | undefined>>;

/** A rule over several variables. It returns the mistakes, each beginning with the name of a variable. */
export type ConfigRule = (given: Readonly<Record<string, string>>) => readonly string[];

/**
 * Reads every variable once, reports every mistake at once, and freezes the result. `NAME_FILE` names a file that holds
 * the value of `NAME`, as container secrets do; setting both is a mistake. An unset variable takes its default. An
 * empty one is a mistake: it is more often a slip than a wish.
 */
export function readConfig<S extends z.ZodObject>(
  schema: S,
  env: Env,
  rules: readonly ConfigRule[] = [],
): Readonly<z.infer<S>> {
  const mistakes: string[] = [];
  const given: Record<string, string> = {};
  for (const name of Object.keys(schema.shape)) {
    const value = readValue(name, env, mistakes);
    if (value !== undefined) given[name] = value;
  }
  const read = schema.safeParse(given);
  const known = new Set(mistakes.map((mistake) => mistake.split(':')[0]));
  if (!read.success) {
    for (const issue of read.error.issues) {
      const name = issue.path.join('.') || '(together)';
      const unset = issue.code === 'invalid_type' && !(name in given);
      if (!known.has(name)) mistakes.push(`${name}: ${unset ? 'is required' : issue.message}`);
    }
  }
  for (const rule of rules) mistakes.push(...rule(given));
  if (mistakes.length > 0 || !read.success) throw new ConfigError(mistakes);
  return Object.freeze(read.data);
}

function readValue(name: string, env: Env, mistakes: string[]): string | undefined {
  const file = env[`${name}_FILE`];
  const value = env[name];
  if (file !== undefined && value !== undefined) mistakes.push(`${name}: is given twice, as ${name} and ${name}_FILE`);
  const found = file === undefined ? value : fromFile(name, file, mistakes);
  if (found?.trim() === '') mistakes.push(`${name}: is empty; unset it to take the default`);
  return found;
}

function fromFile(name: string, file: string, mistakes: string[]): string | undefined {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    mistakes.push(`${name}: the file that ${name}_FILE names cannot be read`);
    return undefined;
  }
}
