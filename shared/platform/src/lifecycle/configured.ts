import type { z } from 'zod';
import { ConfigError, type ConfigRule, readConfig } from '../config/mod.ts';

/** The exit status of a configuration that cannot be used (EX_CONFIG of sysexits.h). */
const badConfiguration = 78;

type Config<S extends z.ZodObject> = Readonly<{ schema: S; rules: readonly ConfigRule[] }>;

/**
 * Reads the settings of a process, or ends it: with status 78 and a list of every mistake, or with 0 when `--check`
 * only asked whether they are good.
 */
export function configured<S extends z.ZodObject>(
  name: string,
  { schema, rules }: Config<S>,
  env: Readonly<Record<string, string | undefined>>,
  argv: readonly string[],
): Readonly<z.infer<S>> {
  try {
    const settings = readConfig(schema, env, rules);
    if (!argv.includes('--check')) return settings;
    process.stdout.write(`the configuration of ${name} is good\n`);
    return process.exit(0);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${name}: ${error.message}\n`);
    return process.exit(badConfiguration);
  }
}
