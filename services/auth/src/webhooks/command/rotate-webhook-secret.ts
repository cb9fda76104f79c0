import type { RotateWebhookSecret } from '@vox/contracts';
import type { z } from 'zod';
import { rotateSecret } from '../decide/endpoint.ts';
import { endpointView } from '../decide/view.ts';
import { sealedSecret, secretBytes, secretOf } from '../publish/secret.ts';
import { changeEndpoints } from './change-endpoints.ts';
import type { NewSecretDependencies } from './create-webhook.ts';
import { endpointIn } from './read-endpoint.ts';

/** Gives an endpoint a new secret, which is shown at no other time. The old one signs too until its grace ends. */
export async function rotateWebhookSecret(
  dependencies: NewSecretDependencies,
  { tenantId, endpointId, graceSeconds, ...by }: z.infer<(typeof RotateWebhookSecret)['request']>,
): Promise<z.input<(typeof RotateWebhookSecret)['reply']>> {
  const { random, sealKey, clock } = dependencies;
  const secret = secretOf(random(secretBytes));
  const sealed = sealedSecret(sealKey, { tenantId, endpointId }, secret);
  const book = await changeEndpoints(dependencies, tenantId, by, (known, nowMs) =>
    rotateSecret(known, endpointId, { sealed, graceMs: graceSeconds * 1_000 }, nowMs),
  );
  return { endpoint: endpointView(tenantId, endpointIn(book, endpointId), clock.now().getTime()), secret };
}
