import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ownFile, writeOwnFile } from '../files/own-file.ts';

type Env = Readonly<Record<string, string | undefined>>;

const KeptLogin = z.object({
  isSignedIn: z.boolean(),
  cookies: z.record(z.string(), z.string()).describe('the login, and what the server knows this device by'),
});
type KeptLogin = z.infer<typeof KeptLogin>;
const KeptLogins = z.object({
  current: z.string().nullable().describe('the server that was signed in to last'),
  logins: z.record(z.string(), KeptLogin).describe('by the address of the server'),
});
type All = z.infer<typeof KeptLogins>;

export const loginFile = (env: Env): string => ownFile(env, 'login.json');

/** The logins of `vox login`, in a file that only this user may read. */
export type LoginsKept = Readonly<{
  current: () => string | undefined;
  of: (origin: string) => KeptLogin | undefined;
  keep: (origin: string, login: KeptLogin) => void;
}>;

export function keptLogins(env: Env): LoginsKept {
  const file = loginFile(env);
  const read = (): All => {
    try {
      return KeptLogins.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      // There is none yet, or somebody has damaged it: whoever needs a login signs in again.
      return { current: null, logins: {} };
    }
  };
  return {
    current: () => read().current ?? undefined,
    of: (origin) => {
      const { logins } = read();
      return Object.hasOwn(logins, origin) ? logins[origin] : undefined;
    },
    keep(origin, login) {
      const before = read();
      const left = before.current === origin ? null : before.current;
      const all: All = {
        current: login.isSignedIn ? origin : left,
        logins: { ...before.logins, [origin]: login },
      };
      writeOwnFile(file, JSON.stringify(all));
    },
  };
}
