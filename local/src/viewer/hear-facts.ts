import { connect } from '@nats-io/transport-node';
import { type Fact, operatorIdentity, republishedPrefix } from '@vox/contracts';
import { activeTraceparent, type Bus, type NatsReach, natsReach } from '@vox/platform/bus';
import { type LiveFacts, liveFactOf, openFilters } from './live-facts.ts';

/** The same bus, whose facts are told once they are published. For a bus in memory. */
export function overheard<B extends Pick<Bus, 'publish'>>(bus: B, facts: LiveFacts): B {
  const publish: Bus['publish'] = async (kind, fact, options) => {
    const traceparent = fact.traceparent ?? activeTraceparent();
    const outcome = await bus.publish(kind, fact, options);
    if (!outcome.duplicate) facts.tell(liveFactOf({ ...fact, traceparent }));
    return outcome;
  };
  return { ...bus, publish };
}

const decoder = new TextDecoder();

/** Hears what the server republishes of open streams, with the rights of the operator. Answers how to stop. */
export async function hearFacts(reach: NatsReach, facts: LiveFacts): Promise<{ stop: () => Promise<void> }> {
  const link = await connect({
    ...natsReach(reach),
    name: operatorIdentity,
    inboxPrefix: `_INBOX.${operatorIdentity}`,
    maxReconnectAttempts: -1,
  });
  for (const filter of openFilters)
    link.subscribe(`${republishedPrefix}${filter}`, {
      callback(error, { data }) {
        if (error !== null) return;
        try {
          facts.tell(liveFactOf(JSON.parse(decoder.decode(data)) as Fact));
        } catch {
          // What is no fact is a dead letter already.
        }
      },
    });
  await link.flush();
  return { stop: () => link.close() };
}
