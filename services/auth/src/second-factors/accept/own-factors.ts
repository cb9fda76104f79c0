import {
  BeginSecondFactor,
  FinishSecondFactor,
  ListSecondFactors,
  RemoveSecondFactor,
  RenewRecoveryCodes,
  ResetSecondFactors,
} from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import { memberActing } from '../../logins/mod.ts';
import { auditedRefusals, type RefusalDependencies } from '../../tenants/mod.ts';
import { beginFactor, type EnrolFactorDependencies, finishFactor } from '../command/enrol-factor.ts';
import { listFactors } from '../command/list-factors.ts';
import { type RemoveFactorDependencies, removeOwnFactor } from '../command/remove-factor.ts';
import { renewRecoveryCodes } from '../command/renew-recovery-codes.ts';
import { resetMemberFactors } from '../command/reset-factors.ts';

export type OwnFactorDependencies = EnrolFactorDependencies &
  RemoveFactorDependencies &
  RefusalDependencies &
  Readonly<{ bus: Pick<Bus, 'answer'> }>;

/** A member who is signed in and fresh manages their own factors. Each challenge is good once, for this member. */
const own = { ceremonyId: 'own', completes: false };

/** What members manage of their second factors, and others where one has lost them. */
export async function ownFactorResponders(dependencies: OwnFactorDependencies): Promise<Consumption[]> {
  const { bus } = dependencies;
  const audited = auditedRefusals(dependencies);
  const ownerOf = (by: Readonly<{ tenantId: string; actor: string }>) => ({
    tenantId: by.tenantId,
    memberId: memberActing(by),
  });
  return [
    await bus.answer(ListSecondFactors, async (asked) => listFactors(dependencies, ownerOf(asked))),
    await bus.answer(
      BeginSecondFactor,
      audited('second-factor.enrol', async (asked) => beginFactor(dependencies, ownerOf(asked), own, asked.wanted)),
    ),
    await bus.answer(
      FinishSecondFactor,
      audited('second-factor.enrol', async (asked) => finishFactor(dependencies, ownerOf(asked), own, asked.made)),
    ),
    await bus.answer(
      RenewRecoveryCodes,
      audited('recovery-codes.make', async ({ tenantId, ...by }) => ({
        recoveryCodes: [...(await renewRecoveryCodes(dependencies, ownerOf({ tenantId, ...by }), by))],
      })),
    ),
    await bus.answer(
      RemoveSecondFactor,
      audited('second-factor.remove', async ({ tenantId, factorId, ...by }) => {
        await removeOwnFactor(dependencies, ownerOf({ tenantId, ...by }), factorId, by);
        return { removed: factorId };
      }),
    ),
    await bus.answer(
      ResetSecondFactors,
      audited('second-factor.reset', async ({ tenantId, memberId, ...by }) => ({
        removed: await resetMemberFactors(dependencies, { tenantId, memberId }, by),
      })),
    ),
  ];
}
