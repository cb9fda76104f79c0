import type { Fact, SessionRequested } from '@vox/contracts';
import type { Delivery, Outcome } from '@vox/platform/bus';
import { overLegs } from '@vox/platform/telemetry';
import { type AdmitDependencies, admitRequest } from '../command/admit-request.ts';

export const onSessionRequested =
  (dependencies: AdmitDependencies) =>
  async (request: Fact<typeof SessionRequested>, { replyTo, deliveries }: Delivery): Promise<Outcome> => {
    const legs = { way: 'to-quota', work: 'quota', sentAt: request.time, now: dependencies.clock.now() } as const;
    await overLegs(legs, () => admitRequest(dependencies, request, { isRepeated: deliveries > 1, replyTo }));
    return 'ack';
  };
