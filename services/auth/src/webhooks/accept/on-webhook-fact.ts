import type { Fact } from '@vox/contracts';
import type { Outcome } from '@vox/platform/bus';
import { type EnqueueDependencies, enqueueFact } from '../command/enqueue-event.ts';
import type { ToldKind } from '../decide/event.ts';
import type { Endpoints } from '../keep/endpoints.ts';

export type OnWebhookFactDependencies = EnqueueDependencies & Readonly<{ endpoints: Pick<Endpoints, 'read'> }>;

/** Keeps what tenants are to be told of. It is sent apart from this: a slow receiver holds up no fact. */
export const onWebhookFact =
  (dependencies: OnWebhookFactDependencies) =>
  async (fact: Fact<ToldKind>): Promise<Outcome> => {
    await enqueueFact(dependencies, fact);
    return 'ack';
  };
