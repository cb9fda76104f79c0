import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection, nkeyAuthenticator } from '@nats-io/transport-node';
import { VerifyAudit } from '@vox/contracts';
import { standardCopies } from '@vox/local/stack-settings';
import { type Bootstrap, natsBootstrap, newServiceKey } from '@vox/platform/bus';
import { systemClock as clock } from '@vox/platform/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiAttempts, attempted, deputyAttempts, maySay, otherAttempts } from '../../bus/attempts.ts';
import { type Keeping, kept } from '../../bus/keeping.ts';
import { balance, refused as refusedAnswers, shopOn, testStack, times, wholeCall, wide } from '../harness.ts';

/** Sees what the streams hold, and does nothing: the one who runs the server. */
const owner = newServiceKey();
const { isOpen, stack } = await testStack({
  amendNats: (config) => config.replace('users: [', `users: [\n    { nkey: ${owner.publicKey} }`),
});
const links: NatsConnection[] = [];

async function linkAs(service: string, seed: string): Promise<NatsConnection> {
  const authenticator = nkeyAuthenticator(new TextEncoder().encode(seed));
  const made = await connect({ servers: stack.servers.nats.url, inboxPrefix: `_INBOX.${service}`, authenticator });
  links.push(made);
  return made;
}
/** The very credential that a running service has. */
const stolen = (service: string): string =>
  (service === 'operator'
    ? stack.operatorEnv.NATS_NKEY_SEED
    : stack.services.find(({ name }) => name.startsWith(service))?.env.NATS_NKEY_SEED) ?? '';

describe.skipIf(!isOpen)('a thief with the credential of a running service', () => {
  let bootstrap: Bootstrap;
  let keeping: () => Promise<Keeping>;
  beforeAll(async () => {
    const { NATS_URL = '', NATS_NKEY_SEED: nkeySeed } = stack.bootstrapEnv;
    bootstrap = await natsBootstrap({ servers: [NATS_URL], nkeySeed, replicas: 1, clock });
    const manager = await jetstreamManager(await linkAs('owner', owner.seed), { checkAPI: false });
    keeping = () => kept(manager);
  });
  afterAll(async () => {
    await bootstrap?.close();
    for (const each of links) await each.close();
  });

  it.each([...Object.keys(standardCopies), 'operator'])(
    '%s changes no stream, forges nothing, loses nobody a message, and visitors are served as before',
    async (service) => {
      const shop = await shopOn(stack, wide);
      const live = await shop.start();
      await shop.say('/api/heartbeat', live);
      const before = await keeping();
      const thief = await linkAs(service, stolen(service));
      const foreign = [...apiAttempts(service), ...otherAttempts()].filter(
        ({ subjectName }) => !maySay(service, subjectName),
      );
      const refused = await attempted(thief, foreign);
      // What it may ask the server for it asks, and has every answer go where it must not.
      const asked = deputyAttempts(service).filter(({ subjectName }) => /^(\$JS\.API|vox\.ask)\./.test(subjectName));
      await attempted(thief, asked);
      expect(foreign.map(({ subjectName }) => subjectName).filter((name) => !refused.has(name))).toEqual([]);

      expect(await bootstrap.differences()).toEqual([]);
      const after = await keeping();
      expect(after.newSince(before).filter((name) => /stolen/.test(name) && !maySay(service, name))).toEqual([]);
      // The key of a bucket that was written again has a newer message; nothing else goes.
      expect(after.goneSince(before).filter((name) => !name.startsWith('$KV.'))).toEqual([]);
      expect(refusedAnswers(await times(3, () => wholeCall(shop)))).toEqual([]);
      expect((await shop.say('/api/heartbeat', live)).status).toBe(200);
      expect((await shop.say('/api/session/end', live)).status).toBe(200);
      expect(await stack.operator.ask(VerifyAudit, { tenantId: shop.tenantId })).toMatchObject({ broken: null });
      await balance(stack);
    },
  );

  it('is let look and change nothing by `vox bus`, which the bootstrap’s seed alone may use', () => {
    const vox = (env: Readonly<Record<string, string>>, ...words: string[]) => {
      const main = fileURLToPath(new URL('../../../cli/src/main.ts', import.meta.url));
      const { status, stdout } = spawnSync(process.execPath, [main, 'bus', ...words], { env, encoding: 'utf8' });
      return { status, stdout };
    };
    const inOrder = 'the bus is as the contracts say\n';
    expect(vox(stack.bootstrapEnv, 'diff')).toEqual({ status: 0, stdout: inOrder });
    expect(vox(stack.bootstrapEnv, 'apply')).toEqual({ status: 0, stdout: `${inOrder}nothing to do\n` });
    for (const word of ['diff', 'apply']) expect(vox(stack.operatorEnv, word)).toEqual({ status: 1, stdout: '' });
  });
});
