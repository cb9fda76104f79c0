import { leftPending } from '@vox/platform/store';
import { inParallel } from '@vox/platform/time';
import type { SlotCounters } from '../../slots/mod.ts';
import { type AttendSessionDependencies, attendSession } from '../command/attend-session.ts';
import { type FollowLeadDependencies, followLead } from '../command/follow-lead.ts';
import { type ResolveClaimDependencies, resolveClaim } from '../command/resolve-claim.ts';
import type { Leads } from '../keep/leads.ts';
import type { Sessions } from '../keep/sessions.ts';

export type OnSweepDependencies = AttendSessionDependencies &
  ResolveClaimDependencies &
  FollowLeadDependencies &
  Readonly<{ sessions: Pick<Sessions, 'due'>; slots: Pick<SlotCounters, 'due'>; leads: Pick<Leads, 'due'> }>;

const batchSize = 200;

/**
 * Does what is due of slots, sessions and leads, after a crash or in its time. Several copies may run it at once.
 */
export const onSweep = (dependencies: OnSweepDependencies) => async (): Promise<void> => {
  const { slots, sessions, leads, clock } = dependencies;
  const nowMs = clock.now().getTime();
  await inParallel(await slots.due(nowMs, batchSize), async ({ key: tenantId, state }) => {
    for (const sessionId of leftPending(state, nowMs)) {
      const pending = state.pending[sessionId];
      if (pending !== undefined) await resolveClaim(dependencies, { ...pending, tenantId, sessionId });
    }
  });
  const due = await sessions.due(nowMs, batchSize);
  await inParallel(due, ({ key, state }) => attendSession(dependencies, key, state));
  await inParallel(await leads.due(nowMs, batchSize), ({ key, state }) => followLead(dependencies, key, state));
};
