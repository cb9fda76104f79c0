import type { ServiceName } from '@vox/contracts';
import type { Bus } from '../bus.ts';
import { serviceOfConsumer } from '../redeliver.ts';

/** The in-memory bus as one service may use it: it asks in its own name, what it may ask. */
export const asService = <B extends Bus>(bus: B, service: ServiceName): B => ({
  ...bus,
  ask: (question, request, options) => bus.ask(question, request, { ...options, as: service }),
  askEvery: (question, request, options) => bus.askEvery(question, request, { ...options, as: service }),
  progress: async () => (await bus.progress()).filter(({ consumer }) => serviceOfConsumer(consumer) === service),
});
