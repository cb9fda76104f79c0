import { connect, nkeyAuthenticator } from '@nats-io/transport-node';
import { type Fact, openStreams, republishedPrefix, subjectFilterOf } from '@vox/contracts';
import type { Stack } from '@vox/local/stack';

/** Collects every fact that is published on a stack, as an operator may. */
export async function watchFacts({ operatorEnv }: Stack) {
  const link = await connect({
    servers: operatorEnv.NATS_URL ?? '',
    inboxPrefix: '_INBOX.operator',
    maxReconnectAttempts: -1,
    authenticator: nkeyAuthenticator(new TextEncoder().encode(operatorEnv.NATS_NKEY_SEED)),
  });
  // Two copies may publish one fact at once. The stream keeps one of each id, and so does this.
  const facts = new Map<string, Fact>();
  const add = (fact: Fact): void => void (facts.has(fact.id) || facts.set(fact.id, fact));
  for (const kind of openStreams.flatMap(({ kinds }) => kinds))
    link.subscribe(`${republishedPrefix}${subjectFilterOf(kind)}`, {
      callback: (error, message) => {
        if (error) throw error;
        add(message.json<Fact>());
      },
    });
  await link.flush();
  type Data = Record<string, never>;
  return {
    all: () => [...facts.values()],
    /** The data of facts of a type about one tenant. */
    of: (type: string, tenantId: string) =>
      [...facts.values()]
        .filter((fact) => fact.type === type && (fact.data as Data).tenantId === tenantId)
        .map((fact) => fact.data as Data),
    close: () => link.close(),
  };
}
export type Watch = Awaited<ReturnType<typeof watchFacts>>;
