import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { ownFile, writeOwnFile } from '../files/own-file.ts';
import { Mistake } from '../text/sentences.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * How one installation is reached: over HTTP or over the bus. It names files that hold credentials, and holds none
 * itself.
 */
export const Context = z.union([
  z.strictObject({
    url: z.string(),
    apiKeyFile: z.string().optional(),
    signingSecretFile: z.string().optional(),
    signingKeyFile: z.string().optional(),
  }),
  z.strictObject({ natsUrl: z.string(), nkeySeedFile: z.string().optional(), natsCaFile: z.string().optional() }),
]);
export type Context = z.infer<typeof Context>;
const Kept = z.strictObject({ current: z.string().nullable(), contexts: z.record(z.string(), Context) });
export type KeptContexts = z.infer<typeof Kept>;

export const contextFile = (env: Env): string => ownFile(env, 'contexts.json');

/** The contexts of this user. Throws Mistake for a file that is damaged, or that others may read or write. */
export function contextsIn(env: Env): KeptContexts {
  const file = contextFile(env);
  let text: string;
  try {
    // Whoever may write here decides where credentials go.
    if ((statSync(file).mode & 0o077) !== 0)
      throw new Mistake([`${file} is open to others: run \`chmod 600 ${file}\``]);
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return { current: null, contexts: {} };
    throw error;
  }
  const read = Kept.safeParse(parsed(text));
  if (read.success) return read.data;
  throw new Mistake([`${file} is not as vox wrote it: mend it, or remove it and add the contexts again`]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const keepContexts = (env: Env, kept: KeptContexts): void =>
  writeOwnFile(contextFile(env), `${JSON.stringify(kept, null, 2)}\n`);

/** The context of a name. Throws Mistake that names those that there are. */
export function contextNamed({ contexts }: KeptContexts, name: string): Context {
  const found = Object.hasOwn(contexts, name) ? contexts[name] : undefined;
  if (found !== undefined) return found;
  const names = Object.keys(contexts);
  throw new Mistake([
    `there is no context ${name}: ${names.length === 0 ? 'none is kept; `vox context add` keeps one' : `there are ${names.join(', ')}`}`,
  ]);
}
