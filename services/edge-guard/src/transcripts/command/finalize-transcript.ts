import { TranscriptCompleted } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { Clock } from '@vox/platform/time';
import type { Policies } from '../../tenant/mod.ts';
import { completedFact } from '../publish/transcripts.ts';
import { keepsTranscripts, policyOf } from './kept-by-policy.ts';

type FinalizeDependencies = Readonly<{
  bus: Pick<Bus, 'publish'>;
  clock: Pick<Clock, 'now'>;
  policies: Pick<Policies, 'get'>;
}>;

/** The page has sent all that it had. */
export const finalizeTranscript =
  ({ bus, clock, policies }: FinalizeDependencies) =>
  async ({ tenantId, sessionId }: Readonly<{ tenantId: string; sessionId: string }>) => {
    if (keepsTranscripts(policyOf(policies, tenantId)))
      await bus.publish(TranscriptCompleted, completedFact({ tenantId, sessionId }, clock.now()));
    return { ok: true };
  };
