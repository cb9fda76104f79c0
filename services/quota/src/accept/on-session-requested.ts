import type { Fact, SessionRequested } from '@vox/contracts';
import type { Delivery, Outcome } from '@vox/platform/bus';
import { type AdmitDependencies, admitRequest } from '../command/admit-request.ts';

export const onSessionRequested =
  (dependencies: AdmitDependencies) =>
  async (request: Fact<typeof SessionRequested>, { replyTo, deliveries }: Delivery): Promise<Outcome> => {
    await admitRequest(dependencies, request, { isRepeated: deliveries > 1, replyTo });
    return 'ack';
  };
