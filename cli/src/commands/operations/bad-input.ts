import { ConfigError, type ConfigRule, readConfig } from '@vox/platform/config';
import type { z } from 'zod';
import { Mistake } from '../../text/sentences.ts';

/** The exit status of a command whose findings exit with 1, when it was asked wrongly. */
export const badInput = 2;

/** Settings from the environment. Throws Mistake with every one that is wrong. */
export function settingsFrom<S extends z.ZodObject>(
  schema: S,
  env: NodeJS.ProcessEnv,
  rules: readonly ConfigRule[] = [],
) {
  try {
    return readConfig(schema, env, rules);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new Mistake(
      error.mistakes.map((mistake) => mistake.replace(': ', ' ')),
      badInput,
    );
  }
}
