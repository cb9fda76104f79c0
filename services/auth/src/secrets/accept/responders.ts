import {
  CreateSecret,
  LendSecrets,
  ListSecrets,
  platform,
  RemoveSecret,
  RewrapSecrets,
  RotateSecret,
  SetSecretHosts,
} from '@vox/contracts';
import { type Bus, type Consumption, publishAct } from '@vox/platform/bus';
import { auditedRefusals, type RefusalDependencies } from '../../tenants/mod.ts';
import { type CreateSecretDependencies, keepSecret, replaceSecret } from '../command/give-value.ts';
import { type LendSecretsDependencies, lendSecrets } from '../command/lend-secrets.ts';
import { type ListSecretsDependencies, listSecrets } from '../command/list-secrets.ts';
import { dropSecret, setSecretHosts } from '../command/manage-secret.ts';
import { type RewrapSecretsDependencies, rewrapSecrets } from '../command/rewrap-secrets.ts';

export type SecretResponderDependencies = CreateSecretDependencies &
  ListSecretsDependencies &
  LendSecretsDependencies &
  RewrapSecretsDependencies &
  RefusalDependencies &
  Readonly<{ bus: Pick<Bus, 'answer' | 'publish'> }>;

/** Questions about secrets. Who changes one, and who may not, enters the audit log. */
export async function secretResponders(dependencies: SecretResponderDependencies): Promise<Consumption[]> {
  const { bus } = dependencies;
  const audited = auditedRefusals(dependencies);
  return [
    await bus.answer(ListSecrets, async ({ tenantId }) => ({ secrets: await listSecrets(dependencies, tenantId) })),
    await bus.answer(LendSecrets, (request) => lendSecrets(dependencies, request)),
    await bus.answer(
      CreateSecret,
      audited('secret.create', (request) => keepSecret(dependencies, request)),
    ),
    await bus.answer(
      RotateSecret,
      audited('secret.rotate', (request) => replaceSecret(dependencies, request)),
    ),
    await bus.answer(
      SetSecretHosts,
      audited('secret.set-hosts', (request) => setSecretHosts(dependencies, request)),
    ),
    await bus.answer(
      RemoveSecret,
      audited('secret.remove', (request) => dropSecret(dependencies, request)),
    ),
    await bus.answer(RewrapSecrets, async ({ newDataKeys, ...by }) => {
      const answer = await rewrapSecrets(dependencies, { newDataKeys });
      const act = { tenantId: platform, action: 'secrets.rewrap', target: 'secrets' };
      const details = {
        newDataKeys: String(newDataKeys),
        rewrapped: String(answer.rewrapped),
        left: String(answer.left),
      };
      await publishAct({ ...dependencies, source: 'auth', knows: () => true }, act, by, { outcome: 'done', details });
      return answer;
    }),
  ];
}
