import {
  FinishSingleSignOn,
  ProveDomain,
  PutSingleSignOn,
  RemoveSingleSignOn,
  ShowSingleSignOn,
  StartSingleSignOn,
} from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import { singleSignOns } from '@vox/platform/telemetry';
import { auditedRefusals, type RefusalDependencies } from '../../tenants/mod.ts';
import { type ComeInDependencies, comeIn } from '../command/come-in.ts';
import { type ProveDomainDependencies, proveTenantDomain } from '../command/prove-domain.ts';
import { type PutConnectionDependencies, putTenantConnection } from '../command/put-connection.ts';
import { type RemoveConnectionDependencies, removeTenantConnection } from '../command/remove-connection.ts';
import { callbacksOf, type ShowConnectionDependencies, showConnection, viewOf } from '../command/show-connection.ts';
import { type StartSignInDependencies, startSignIn } from '../command/start-sign-in.ts';

export type SingleSignOnDependencies = ComeInDependencies &
  StartSignInDependencies &
  PutConnectionDependencies &
  ProveDomainDependencies &
  RemoveConnectionDependencies &
  ShowConnectionDependencies &
  RefusalDependencies &
  Readonly<{ bus: Pick<Bus, 'answer'> }>;

/** What edge-guard asks for whoever signs in, and what owners manage. */
export async function singleSignOnResponders(dependencies: SingleSignOnDependencies): Promise<Consumption[]> {
  const { bus } = dependencies;
  const audited = auditedRefusals(dependencies);
  singleSignOns.add(0, { outcome: 'accepted' });
  return [
    await bus.answer(StartSingleSignOn, (asked) => startSignIn(dependencies, asked)),
    await bus.answer(FinishSingleSignOn, (asked) => comeIn(dependencies, asked)),
    await bus.answer(ShowSingleSignOn, async ({ tenantId }) => ({
      singleSignOn: await showConnection(dependencies, tenantId),
      callback: callbacksOf(dependencies),
    })),
    await bus.answer(
      PutSingleSignOn,
      audited('single-sign-on.put', async ({ actor, reason, requestId, ...given }) => ({
        singleSignOn: viewOf(
          dependencies,
          await putTenantConnection(dependencies, given, { actor, reason, requestId }),
        ),
      })),
    ),
    await bus.answer(
      RemoveSingleSignOn,
      audited('single-sign-on.remove', async ({ tenantId, ...by }) => {
        await removeTenantConnection(dependencies, tenantId, by);
        return { removed: true as const };
      }),
    ),
    await bus.answer(
      ProveDomain,
      audited('domain.prove', async ({ tenantId, domain, ...by }) => ({
        singleSignOn: viewOf(dependencies, await proveTenantDomain(dependencies, { tenantId, domain }, by)),
      })),
    ),
  ];
}
