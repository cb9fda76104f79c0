import type { Me } from '@vox/contracts';
import {
  type Bootstrap,
  type Bus,
  type BusView,
  natsBootstrap,
  natsBus,
  natsView,
  publicKeyOf,
} from '@vox/platform/bus';
import { bootstrapSettings, busSettings, ConfigError, readConfig } from '@vox/platform/config';
import { systemClock as clock } from '@vox/platform/time';
import { z } from 'zod';
import { Mistake } from '../text/sentences.ts';
import { unreachable } from '../text/unreachable.ts';
import { currentServer, reachByLogin, reachByUrl } from './http/reach-http.ts';
import { operatorDoor } from './operator-door.ts';
import { nobody, type Person } from './person.ts';

type Reached = Readonly<{
  ask: Bus['ask'];
  /** Whose credential it is; none on the bus, where the operator of the installation asks. */
  me?: () => Promise<Me>;
  /** What the operator of the installation sees of the bus. Connects when it is called. */
  view?: () => Promise<BusView>;
  close: () => Promise<void>;
}>;
export type Env = Readonly<Record<string, string | undefined>>;

const given = (env: Env, name: string): boolean => env[name] !== undefined || env[`${name}_FILE`] !== undefined;
const close = async (): Promise<void> => undefined;

/**
 * Reaches the server at VOX_URL, the bus at NATS_URL, the all-in-one of this folder, or the server that was signed in
 * to last: the first that there is. Throws Mistake with what to correct.
 */
export async function reach(env: Env, folder: string, person: Person = nobody): Promise<Reached> {
  if (given(env, 'VOX_URL') && given(env, 'NATS_URL'))
    throw new Mistake(['VOX_URL and NATS_URL are both set: unset the one that is not meant']);
  if (given(env, 'VOX_URL')) return { ...reachByUrl(env, person), close };
  if (given(env, 'NATS_URL')) return reachBus(env);
  const door = operatorDoor(folder);
  if (door !== undefined) return { ask: door.ask, view: async () => door.view, close };
  const origin = currentServer(env);
  if (origin !== undefined) return { ...reachByLogin(env, origin, person), close };
  throw new Mistake([
    'there is no server to ask: set VOX_URL, or run `vox login <url>`',
    'operators set NATS_URL and NATS_NKEY_SEED, or run `make up` in this folder',
  ]);
}

async function reachBus(env: Env): Promise<Reached> {
  const { NATS_URL: servers, NATS_NKEY_SEED: nkeySeed, NATS_CA: ca } = settingsOf(busSettings, env);
  try {
    const onThrow = (): void => undefined;
    const bus = await natsBus({ servers, ca, service: 'operator', nkeySeed, clock, onThrow });
    let seen: ReturnType<typeof natsView> | undefined;
    return {
      ask: bus.ask,
      view: () => {
        seen ??= natsView({ servers, ca, nkeySeed });
        return seen;
      },
      async close() {
        await seen?.then((view) => view.close());
        await bus.close();
      },
    };
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

/** Reads settings of a command. Throws Mistake with each that is missing or wrong. */
export function settingsOf<S extends z.ZodRawShape>(shape: S, env: Env) {
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
