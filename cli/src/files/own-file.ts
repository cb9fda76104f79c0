import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** A file of `vox` in the folder where this user's programs keep their settings. */
export const ownFile = ({ XDG_CONFIG_HOME, HOME }: Env, name: string): string =>
  join(XDG_CONFIG_HOME || join(HOME || homedir(), '.config'), 'vox', name);

/** Writes a file that only this user may read. */
export function writeOwnFile(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // A new file has the mode that is wanted, whatever the old one had, and is there as a whole or not at all.
  const next = `${file}.${randomUUID()}`;
  writeFileSync(next, text, { mode: 0o600 });
  renameSync(next, file);
}
