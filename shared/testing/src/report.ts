import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** What a suite ran against, or why it was skipped. */
export type Entry =
  | Readonly<{ kind: 'server'; what: string; version: string; from: string }>
  | Readonly<{ kind: 'skipped'; what: string; why: string }>;

/** Notes an entry in the file that VOX_TEST_REPORT names, so that the whole run can close with one list. */
export function note(entry: Entry, env: Env): void {
  const file = env.VOX_TEST_REPORT;
  if (file === undefined) return;
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify(entry)}\n`);
}

/** Reports what is skipped and why. With REQUIRE_SERVERS=1 that is an error. */
export function skipped(what: string, why: string, env: Env): undefined {
  if (env.REQUIRE_SERVERS === '1') throw new Error(`REQUIRE_SERVERS=1, and ${why}`);
  note({ kind: 'skipped', what, why }, env);
  process.stderr.write(`SKIPPED: what needs ${what}, for ${why}\n`);
}
