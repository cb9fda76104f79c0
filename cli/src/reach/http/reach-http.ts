import { ConfigError, readConfig } from '@vox/platform/config';
import { z } from 'zod';
import { keptLogins } from '../../logins/kept-logins.ts';
import { jarKept, loginCredential } from '../../logins/login-credential.ts';
import { Mistake } from '../../text/sentences.ts';
import type { Person } from '../person.ts';
import { originOf } from './address.ts';
import { type HttpReach, httpReach } from './http-ask.ts';
import { keyCredential } from './key-credential.ts';

type Env = Readonly<Record<string, string | undefined>>;

const HttpSettings = z.object({
  VOX_URL: z.string(),
  VOX_API_KEY: z.string().optional(),
  VOX_SIGNING_SECRET: z.string().optional(),
  VOX_SIGNING_KEY: z.string().optional().describe('PEM'),
});

/** Reaches the server at VOX_URL, with VOX_API_KEY or the login that is kept for it. Throws Mistake. */
export function reachByUrl(env: Env, person: Person): HttpReach {
  const { VOX_URL, VOX_API_KEY: apiKey, ...signing } = settingsOf(env);
  const origin = originOf(VOX_URL, 'VOX_URL');
  if (apiKey === undefined) return reachByLogin(env, origin, person);
  const { VOX_SIGNING_SECRET: signingSecret, VOX_SIGNING_KEY: signingKey } = signing;
  return httpReach(keyCredential(origin, { apiKey, signingSecret, signingKey }));
}

/** Reaches a server with the login that is kept for it. Throws Mistake where there is none. */
export function reachByLogin(env: Env, origin: string, person: Person): HttpReach {
  const kept = keptLogins(env);
  if (kept.of(origin)?.isSignedIn !== true)
    throw new Mistake([`you are not signed in to ${origin}: run \`vox login ${origin}\`, or set VOX_API_KEY`]);
  return httpReach(loginCredential(origin, jarKept(kept, origin), person));
}

/** The server that was signed in to last. */
export const currentServer = (env: Env): string | undefined => keptLogins(env).current();

function settingsOf(env: Env): z.infer<typeof HttpSettings> {
  try {
    return readConfig(HttpSettings, env);
  } catch (error) {
    if (error instanceof ConfigError) throw new Mistake(error.mistakes.map((mistake) => mistake.replace(': ', ' ')));
    throw error;
  }
}
