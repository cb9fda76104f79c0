import { type PreviewedPolicy, type PreviewPolicy, type PreviewPolicyVersion, ResolveDraft } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { Clock } from '@vox/platform/time';
import type { z } from 'zod';
import { daysIn, startOfDays } from '../decide/days.ts';
import { differing } from '../decide/differing.ts';
import { previewOf } from '../decide/preview.ts';
import { type ReadPastCallsDependencies, readPastCalls } from './read-past-calls.ts';

export type PreviewDependencies = ReadPastCallsDependencies & Readonly<{ bus: Pick<Bus, 'ask'>; clock: Clock }>;

type Asked<Q extends { request: z.ZodType }> = z.infer<Q['request']>;
type Wanted = z.input<(typeof ResolveDraft)['request']>['wanted'];

/** Auth lints every tool of a draft. */
const resolveMs = 8_000;

/** What a draft would have done to the calls of the last days. Auth refuses it as it would refuse to put it. */
export const previewPolicy =
  (dependencies: PreviewDependencies) =>
  ({ draft, agentSetId, days }: Asked<typeof PreviewPolicy>): Promise<PreviewedPolicy> =>
    preview(dependencies, { kind: 'draft', draft, agentSetId }, days);

/** What going back to a version would have done to them. */
export const previewVersion =
  (dependencies: PreviewDependencies) =>
  ({ tenantId, version, days }: Asked<typeof PreviewPolicyVersion>): Promise<PreviewedPolicy> =>
    preview(dependencies, { kind: 'version', tenantId, version }, days);

async function preview(dependencies: PreviewDependencies, wanted: Wanted, days: number): Promise<PreviewedPolicy> {
  const both = await dependencies.bus.ask(ResolveDraft, { wanted }, { timeoutMs: resolveMs });
  const { tenantId } = both.inForce.policy;
  const nowMs = dependencies.clock.now().getTime();
  const dayOf = daysIn(both.drafted.policy.timeZone);
  const withTools = differing(both).some(({ rule }) => rule === 'tools');
  const window = { tenantId, fromMs: startOfDays(dayOf, nowMs, days), dayOf, withTools };
  return previewOf({ ...both, ...(await readPastCalls(dependencies, window)), nowMs });
}
