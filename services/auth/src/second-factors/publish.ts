import {
  makeFact,
  RecoveryCodesMade,
  RecoveryCodeUsed,
  SecondFactorEnrolled,
  SecondFactorRefused,
  SecondFactorRemoved,
} from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { FactorEntry } from './decide/member-factors.ts';

/** Publishes the fact of one thing that happened to a member's factors. Published again, it is the same fact. */
export async function publishFactorEntry(
  bus: Pick<Bus, 'publish'>,
  whose: Readonly<{ tenantId: string; memberId: string }>,
  { id, by, traceparent, atMs, what }: FactorEntry,
): Promise<void> {
  const head = { id: `second-factor:${id}`, source: 'auth', at: new Date(atMs), traceparent };
  const data = { ...whose, ...by };
  switch (what.kind) {
    case 'enrolled': {
      const { factorId, factorKind } = what;
      const fact = makeFact(SecondFactorEnrolled, head, { ...data, factorId, factorKind });
      await bus.publish(SecondFactorEnrolled, fact);
      return;
    }
    case 'removed': {
      const { factorId, factorKind } = what;
      await bus.publish(SecondFactorRemoved, makeFact(SecondFactorRemoved, head, { ...data, factorId, factorKind }));
      return;
    }
    case 'recovery-made':
      await bus.publish(RecoveryCodesMade, makeFact(RecoveryCodesMade, head, data));
      return;
    case 'recovery-used':
      await bus.publish(RecoveryCodeUsed, makeFact(RecoveryCodeUsed, head, { ...data, left: what.left }));
      return;
    case 'refused':
      await bus.publish(SecondFactorRefused, makeFact(SecondFactorRefused, head, { ...data, why: what.why }));
  }
}
