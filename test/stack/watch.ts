import { connect, nkeyAuthenticator } from '@nats-io/transport-node';
import { type Fact, openStreams, republishedPrefix, subjectFilterOf } from '@vox/contracts';
import type { Stack } from '@vox/local/stack';

/** Watches every fact that is told on a stack, as an operator may. */
export async function watchFacts({ operatorEnv }: Stack) {
  const link = await connect({
    servers: operatorEnv.NATS_URL ?? '',
    inboxPrefix: '_INBOX.operator',
    maxReconnectAttempts: -1,
    authenticator: nkeyAuthenticator(new TextEncoder().encode(operatorEnv.NATS_NKEY_SEED)),
  });
  // Two copies may tell the same fact at once; the stream keeps one of an id, and so do we.
  const heard = new Map<string, Fact>();
  const hear = (fact: Fact): void => void (heard.has(fact.id) || heard.set(fact.id, fact));
  for (const kind of openStreams.flatMap(({ kinds }) => kinds))
    link.subscribe(`${republishedPrefix}${subjectFilterOf(kind)}`, {
      callback: (error, message) => {
        if (error) throw error;
        hear(message.json<Fact>());
      },
    });
  await link.flush();
  type Data = Record<string, never>;
  return {
    all: () => [...heard.values()],
    /** The data of facts of a type about one tenant. */
    of: (type: string, tenantId: string) =>
      [...heard.values()]
        .filter((fact) => fact.type === type && (fact.data as Data).tenantId === tenantId)
        .map((fact) => fact.data as Data),
    close: () => link.close(),
  };
}
export type Watch = Awaited<ReturnType<typeof watchFacts>>;
