import { type Bootstrap, type Bus, natsBootstrap, natsBus, publicKeyOf } from '@vox/platform/bus';
import { bootstrapSettings, busSettings, ConfigError, readConfig } from '@vox/platform/config';
import { systemClock as clock } from '@vox/platform/time';
import { z } from 'zod';
import { Mistake } from '../text/sentences.ts';
import { unreachable } from '../text/unreachable.ts';
import { operatorDoor } from './operator-door.ts';

type Reached = Readonly<{ ask: Bus['ask']; close: () => Promise<void> }>;
type Env = Readonly<Record<string, string | undefined>>;

/** Reaches the bus at NATS_URL, or else the all-in-one of this folder. Throws Mistake with what to correct. */
export async function reach(env: Env, folder: string): Promise<Reached> {
  if (env.NATS_URL === undefined && env.NATS_URL_FILE === undefined) {
    const ask = operatorDoor(folder);
    if (ask !== undefined) return { ask, close: async () => undefined };
    throw new Mistake(['there is no server to ask: set NATS_URL and NATS_NKEY_SEED, or run `make up` in this folder']);
  }
  const { NATS_URL: servers, NATS_NKEY_SEED: nkeySeed, NATS_CA: ca } = settingsOf(busSettings, env);
  try {
    const onThrow = (): void => undefined;
    const bus = await natsBus({ servers, ca, service: 'operator', nkeySeed, clock, onThrow });
    return { ask: bus.ask, close: bus.close };
  } catch (error) {
    throw unreached(servers, error);
  }
}

const unreached = (servers: readonly string[], error: unknown): Mistake =>
  new Mistake([`NATS_URL is ${servers.map(withoutSecrets).join(', ')}`, unreachable(error, 'the NATS server')]);

/** Reaches the bus as the identity that makes streams. All-in-one has none. Throws Mistake with what to correct. */
export async function reachBootstrap(env: Env, folder: string): Promise<Bootstrap | undefined> {
  if (env.NATS_URL === undefined && operatorDoor(folder) !== undefined) return undefined;
  const settings = settingsOf(bootstrapSettings, env);
  const { NATS_URL: servers, NATS_NKEY_SEED: nkeySeed, NATS_CA: ca, NATS_REPLICAS: replicas } = settings;
  try {
    return await natsBootstrap({ servers, nkeySeed, ca, replicas, clock });
  } catch (error) {
    throw unreached(servers, error);
  }
}

function settingsOf<S extends z.ZodRawShape>(shape: S, env: Env) {
  try {
    const settings = readConfig(z.object(shape), env);
    if (env.NATS_NKEY_SEED !== undefined) publicKeyOf(env.NATS_NKEY_SEED);
    return settings;
  } catch (error) {
    if (error instanceof ConfigError) throw new Mistake(error.mistakes.map((mistake) => mistake.replace(': ', ' ')));
    throw new Mistake(['NATS_NKEY_SEED must be the seed of a user’s nkey: 58 letters and digits that begin with SU']);
  }
}

/** An address without its user and password. */
function withoutSecrets(server: string): string {
  if (!URL.canParse(server)) return server;
  const { protocol, host } = new URL(server);
  return `${protocol}//${host}`;
}
