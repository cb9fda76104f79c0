import { memberActor } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { Fault, invalidField } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import { type Stamp, stampOf } from '../../tenants/mod.ts';
import type { Enrolled } from '../decide/enrol.ts';
import { factorKey, type MemberFactors, noFactors } from '../decide/member-factors.ts';
import type { SecondFactors } from '../keep.ts';
import { type PublishFactorsDependencies, publishFactors } from './publish-factors.ts';

/** Whose factors. */
export type FactorOwner = Readonly<{ tenantId: string; memberId: string }>;

export type ChangeFactorsDependencies = PublishFactorsDependencies &
  Readonly<{
    secondFactors: Pick<SecondFactors, 'read' | 'update'>;
    bus: Pick<Bus, 'publish'>;
    clock: Clock;
    uuid: () => string;
  }>;

export const factorsOf = async (
  { secondFactors }: Readonly<{ secondFactors: Pick<SecondFactors, 'read'> }>,
  { tenantId, memberId }: FactorOwner,
): Promise<MemberFactors> => (await secondFactors.read(factorKey(tenantId, memberId))) ?? noFactors(tenantId, memberId);

/** Stores what is decided of a member's factors in one conditional write, and publishes what is to be told of it. */
export async function changeFactors<D extends Readonly<{ kind: string; state?: MemberFactors }>>(
  dependencies: ChangeFactorsDependencies,
  { tenantId, memberId }: FactorOwner,
  by: Stamp['by'],
  decide: (state: MemberFactors, stamp: Stamp) => D,
): Promise<D> {
  const stamp = stampOf(dependencies, by);
  const decided = await dependencies.secondFactors.update<D>(factorKey(tenantId, memberId), (known) => {
    const result = decide(known ?? noFactors(tenantId, memberId), stamp);
    return result.state === undefined ? { result } : { result, state: result.state };
  });
  if (decided.state !== undefined) await publishFactors(dependencies, decided.state);
  return decided;
}

export const actingMember = (memberId: string): Stamp['by'] => ({ actor: memberActor(memberId) });

/** Throws what a member is told who was not accepted. A wrong, a used and an expired proof look the same. */
export function mustBeAccepted(
  decided: Enrolled,
  nowMs: number,
): asserts decided is Extract<Enrolled, { kind: 'accepted' }> {
  switch (decided.kind) {
    case 'accepted':
      return;
    case 'refused':
      throw wrongProof();
    case 'completed before':
      throw new Fault('AUTH_REQUIRED');
    case 'blocked': {
      const retryAfterSeconds = Math.max(1, Math.ceil((decided.untilMs - nowMs) / 1_000));
      throw new Fault('RATE_LIMIT_EXCEEDED', { scope: 'second-factor', retryAfterSeconds });
    }
    case 'not now':
      throw new Fault('FORBIDDEN', { reason: 'second-factor' });
    case 'invalid':
      throw invalidField(decided.path, decided.said);
  }
}

export const wrongProof = (cause?: unknown): Fault => new Fault('INVALID_OTP', { reason: 'second-factor' }, { cause });
