import { type Fact, type SessionAdmitted, SessionDecision } from '@vox/contracts';
import type { Bus, Delivery, Outcome } from '@vox/platform/bus';
import { type GrantSessionDependencies, grantSession } from '../command/grant-session.ts';

export type OnSessionAdmittedDependencies = GrantSessionDependencies & Readonly<{ bus: Pick<Bus, 'reply'> }>;

/** On a first delivery there is hardly a decision yet. Should there be one, deciding finds it. */
export const onSessionAdmitted =
  (dependencies: OnSessionAdmittedDependencies) =>
  async (admitted: Fact<typeof SessionAdmitted>, { replyTo, deliveries }: Delivery): Promise<Outcome> => {
    const answer = await grantSession(dependencies, admitted, { isRepeated: deliveries > 1, replyTo });
    if (replyTo !== undefined && answer !== undefined) await dependencies.bus.reply(replyTo, SessionDecision, answer);
    return 'ack';
  };
