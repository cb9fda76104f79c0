import type { ServiceName } from '@vox/contracts';
import { natsWithRights } from '@vox/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { newServiceKey } from '../bus/mod.ts';
import { logger } from '../telemetry/mod.ts';
import { openBus } from './dependencies.ts';
import { copyOf } from './own-copy.ts';
import type { Lifecycle } from './run-service.ts';
import { stopsOf } from './stops.ts';

const server = await natsWithRights(process.env);
const { keys = {} } = server ?? {};
const stops: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const stop of stops) await stop().catch(() => undefined);
  await server?.stop();
});

/** What is said while a service tries to speak on the bus with a seed. */
function opening(service: ServiceName, seed: string) {
  const lines: string[] = [];
  const log = logger({ service, destination: { write: (line: string) => void lines.push(line) } });
  const copy = copyOf(1, new Date(), log, stopsOf(log));
  const lifecycle: Lifecycle = {
    ...{ log, copy },
    onStop: (stop) => void stops.push(stop),
    dependsOn: () => undefined,
    fresh: (_name, given) => () => given,
  };
  const settings = { NATS_URL: [server?.url ?? ''], NATS_NKEY_SEED: seed, NATS_REPLICAS: 1 };
  // It is tried for half a minute; nobody here waits so long.
  void openBus(service, settings, lifecycle).catch(() => undefined);
  return { text: () => lines.join(''), said: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}
const address = new URL(server?.url ?? 'nats://127.0.0.1:1').host;

describe.skipIf(!server?.owned)('a service on the bus', () => {
  it('reports an nkey that the server does not know, and never its seed', async () => {
    const seed = newServiceKey().seed;
    const { said, text } = opening('auth', seed);
    await expect
      .poll(() => said()[0], { timeout: 10_000 })
      .toMatchObject({
        level: 'warn',
        dependency: 'nats',
        tried: address,
        says: 'the server lets nobody in with this nkey',
        check: expect.stringContaining('NATS_NKEY_SEED'),
      });
    expect(text()).not.toContain(seed);
  });

  it('reports the missing right when it has the nkey of another service', async () => {
    const { said } = opening('auth', keys.quota?.seed ?? '');
    await expect
      .poll(() => said().find(({ says }) => /has no right/.test(String(says))), { timeout: 15_000 })
      .toMatchObject({ dependency: 'nats', says: expect.stringMatching(/this nkey has no right: to (say|hear) \S+/) });
  });
});
