import { activeTraceparent, type Bus, type NatsReach, natsView } from '@vox/platform/bus';
import { type LiveFacts, liveFactOf } from './live-facts.ts';

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

/** Hears what the server republishes of open streams, with the rights of the operator. Answers how to stop. */
export async function hearFacts(reach: NatsReach, facts: LiveFacts): Promise<{ stop: () => Promise<void> }> {
  const view = await natsView(reach);
  await view.listen({}, ({ fact }) => facts.tell(fact === null ? undefined : liveFactOf(fact)));
  return { stop: view.close };
}
