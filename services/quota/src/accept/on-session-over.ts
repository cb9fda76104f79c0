import type { Fact, SessionDenied, SessionEnded } from '@vox/contracts';
import type { Outcome } from '@vox/platform/bus';
import { type SettleDependencies, settleSession } from '../command/settle-session.ts';

export const onSessionEnded =
  (dependencies: SettleDependencies) =>
  async ({ data, traceparent }: Fact<typeof SessionEnded>): Promise<Outcome> => {
    const { sessionId, connectedSeconds } = data;
    await settleSession(dependencies, { sessionId, connectedSeconds, traceparent });
    return 'ack';
  };

/** A denial by the broker comes after the budget was held: all of it is released. */
export const onSessionDenied =
  (dependencies: SettleDependencies) =>
  async ({ data, traceparent }: Fact<typeof SessionDenied>): Promise<Outcome> => {
    const { sessionId, by } = data;
    if (by !== 'quota') await settleSession(dependencies, { sessionId, connectedSeconds: 0, traceparent });
    return 'ack';
  };
