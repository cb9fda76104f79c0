import { type Context, contextNamed, contextsIn } from './kept-contexts.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Everything by which `vox` is told whom it reaches, in the order of the documentation. */
const own = [
  ...['VOX_URL', 'VOX_API_KEY', 'VOX_SIGNING_SECRET', 'VOX_SIGNING_KEY'],
  ...['NATS_URL', 'NATS_NKEY_SEED', 'NATS_CA'],
].flatMap((name) => [name, `${name}_FILE`]);

/** What is set where a context is used. */
export type Chosen = Readonly<{ env: Env; context: string | undefined }>;

/**
 * The environment with what a context sets in the place of what was set: the context that is named, or else, where the
 * environment names no server, the one that is in use. Throws Mistake.
 */
export function contextEnv(env: Env, named: string | undefined): Chosen {
  if (named !== undefined) return { env: settingsOf(env, contextNamed(contextsIn(env), named)), context: named };
  const isTold = ['VOX_URL', 'NATS_URL'].some((name) => env[name] !== undefined || env[`${name}_FILE`] !== undefined);
  if (isTold) return { env, context: undefined };
  const kept = contextsIn(env);
  if (kept.current === null) return { env, context: undefined };
  return { env: settingsOf(env, contextNamed(kept, kept.current)), context: kept.current };
}

function settingsOf(env: Env, context: Context): Env {
  const rest = Object.fromEntries(Object.entries(env).filter(([name]) => !own.includes(name)));
  if ('url' in context) {
    const { url, apiKeyFile, signingSecretFile, signingKeyFile } = context;
    return {
      ...{ ...rest, VOX_URL: url, VOX_API_KEY_FILE: apiKeyFile },
      ...{ VOX_SIGNING_SECRET_FILE: signingSecretFile, VOX_SIGNING_KEY_FILE: signingKeyFile },
    };
  }
  const { natsUrl, nkeySeedFile, natsCaFile } = context;
  return { ...rest, NATS_URL: natsUrl, NATS_NKEY_SEED_FILE: nkeySeedFile, NATS_CA_FILE: natsCaFile };
}
