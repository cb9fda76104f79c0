import { type Fact, type SessionAdmitted, SessionDecision } from '@vox/contracts';
import type { Bus, Delivery, Outcome } from '@vox/platform/bus';
import { overLegs } from '@vox/platform/telemetry';
import { type GrantSessionDependencies, grantSession } from '../command/grant-session.ts';

export type OnSessionAdmittedDependencies = GrantSessionDependencies & Readonly<{ bus: Pick<Bus, 'reply'> }>;

/** On a first delivery there is hardly a decision yet. Should there be one, deciding finds it. */
export const onSessionAdmitted =
  (dependencies: OnSessionAdmittedDependencies) =>
  async (admitted: Fact<typeof SessionAdmitted>, { replyTo, deliveries }: Delivery): Promise<Outcome> => {
    const legs = { way: 'to-broker', work: 'broker', sentAt: admitted.time, now: dependencies.clock.now() } as const;
    const request = { isRepeated: deliveries > 1, replyTo };
    const answer = await overLegs(legs, () => grantSession(dependencies, admitted, request));
    if (replyTo !== undefined && answer !== undefined) await dependencies.bus.reply(replyTo, SessionDecision, answer);
    return 'ack';
  };
