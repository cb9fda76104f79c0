import { z } from 'zod';
import { factKind } from '../kinds/fact.ts';
import { acting } from '../values/acting.ts';
import { TenantId } from '../values/ids.ts';
import { SecretName } from './secret.ts';

export const SecretChanged = factKind({
  name: 'vox.identity.secret-changed',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_TRUST',
  publishers: ['auth'],
  summary: 'Somebody made, rotated or removed a secret, or took hosts from it. Its value is not here.',
  data: z.object({
    tenantId: TenantId,
    name: SecretName,
    version: z.number().int().positive().describe('the newest version'),
    change: z.enum(['created', 'rotated', 'hosts-set', 'removed']),
    hosts: z.array(z.string()).describe('the hosts that it may be sent to from now on'),
    ...acting,
  }),
});

export const secretFacts = [SecretChanged] as const;
