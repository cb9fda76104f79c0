import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SecretFacts } from '../facts.ts';

/** What the job `secrets` calls a file that lets somebody in, or opens what is sealed. */
const secret = /\.(seed|key|mongodb-password|redis-password|mongodb-uri|redis-url)$/;
const others = 0o077;

/** Names, ages and rights of the files that hold secrets. None is opened. */
export const readSecrets = async (folder: string): Promise<SecretFacts[]> =>
  readdirSync(folder)
    .filter((name) => secret.test(name))
    .map((name) => {
      const { mtimeMs, mode } = statSync(join(folder, name));
      return { name, writtenAtMs: mtimeMs, othersMayRead: (mode & others) !== 0 };
    });
