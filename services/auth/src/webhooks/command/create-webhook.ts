import type { CreateWebhook } from '@vox/contracts';
import type { SealKeys } from '@vox/platform/crypto';
import { noTenant } from '@vox/platform/fault';
import type { z } from 'zod';
import { createEndpoint } from '../decide/endpoint.ts';
import { endpointView } from '../decide/view.ts';
import { sealedSecret, secretBytes, secretOf } from '../publish/secret.ts';
import { type ChangeEndpointsDependencies, changeEndpoints } from './change-endpoints.ts';
import { type CheckUrlDependencies, checkUrl } from './check-url.ts';
import { endpointIn } from './read-endpoint.ts';

export type NewSecretDependencies = ChangeEndpointsDependencies &
  Readonly<{ sealKey: SealKeys; random: (size: number) => Uint8Array }>;

export type CreateWebhookDependencies = NewSecretDependencies &
  CheckUrlDependencies &
  Readonly<{
    /** Whether there is such a tenant. */
    knowsTenant: (tenantId: string) => Promise<boolean>;
  }>;

const idBytes = 16;

/** Makes an endpoint. Answers its secret, which is shown at no other time. */
export async function createWebhook(
  dependencies: CreateWebhookDependencies,
  { tenantId, url, types, description, ...by }: z.infer<(typeof CreateWebhook)['request']>,
): Promise<z.input<(typeof CreateWebhook)['reply']>> {
  const { random, sealKey, clock } = dependencies;
  checkUrl(dependencies, url);
  if (!(await dependencies.knowsTenant(tenantId))) throw noTenant(tenantId);
  const endpointId = `we_${Buffer.from(random(idBytes)).toString('base64url')}`;
  const secret = secretOf(random(secretBytes));
  const sealed = sealedSecret(sealKey, { tenantId, endpointId }, secret);
  const book = await changeEndpoints(dependencies, tenantId, by, (known, nowMs) =>
    createEndpoint(known, { endpointId, url, types, description, sealed }, nowMs),
  );
  return { endpoint: endpointView(tenantId, endpointIn(book, endpointId), clock.now().getTime()), secret };
}
