import { metrics, type ObservableResult } from '@opentelemetry/api';

const meter = metrics.getMeter('vox.bus');
const deadLetters = meter.createCounter('vox.bus.dead_letters', { description: 'Messages given up, by consumer' });
const lag = meter.createObservableGauge('vox.bus.lag', {
  description: 'Messages that a consumer has not finished, over all its copies',
});

export const buried = (consumer: string): void => deadLetters.add(1, { consumer });

/** Shows how far a consumer is behind, asked for at each scrape, until the answer is called. What cannot be asked is not shown. */
export function watchLag(consumer: string, pending: () => Promise<number>): () => void {
  const observe = async (result: ObservableResult): Promise<void> => {
    const count = await pending().catch(() => undefined);
    if (count !== undefined) result.observe(count, { consumer });
  };
  lag.addCallback(observe);
  return () => lag.removeCallback(observe);
}
