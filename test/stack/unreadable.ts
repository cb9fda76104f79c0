import { connect, nkeyAuthenticator } from '@nats-io/transport-node';
import { SessionEnded } from '@vox/contracts';
import type { Stack } from '@vox/local/stack';

/** Says, as a broker of a stack, what no consumer can read: each of them gives it up at once. */
export async function sayUnreadable({ services, servers }: Pick<Stack, 'services' | 'servers'>): Promise<void> {
  const broker = services.find(({ name }) => name === 'session-broker-1');
  const link = await connect({
    servers: servers.nats.url,
    inboxPrefix: '_INBOX.session-broker',
    authenticator: nkeyAuthenticator(new TextEncoder().encode(broker?.env.NATS_NKEY_SEED)),
  });
  link.publish(`${SessionEnded.name}.acme.00000000-0000-4000-8000-000000000001`, '{}');
  await link.drain();
}
