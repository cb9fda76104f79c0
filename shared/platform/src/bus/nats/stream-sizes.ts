import type { JetStreamManager } from '@nats-io/jetstream';
import { DeadLetterStream, streams } from '@vox/contracts';
import type { Layout } from '../layout/layout.ts';
import { watchStream } from '../metrics.ts';

const withFacts: ReadonlySet<string> = new Set([...streams, DeadLetterStream].map(({ name }) => name));

/**
 * Shows how full the streams of facts are that a service requires, and may therefore ask about. Returns a function
 * that ends it.
 */
export function watchStreams(manager: JetStreamManager, required: Layout): () => void {
  const unwatch = required.streams
    .filter(({ name }) => withFacts.has(name))
    .map(({ name }) =>
      watchStream(name, async () => {
        const { state, config } = await manager.streams.info(name);
        return { bytes: state.bytes, bytesMax: config.max_bytes };
      }),
    );
  return () => {
    for (const each of unwatch) each();
  };
}
