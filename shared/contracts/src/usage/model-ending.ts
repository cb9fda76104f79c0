import { z } from 'zod';
import { factKind } from '../kinds/fact.ts';
import { ModelName, TenantId } from '../values/ids.ts';

export const ModelEnding = factKind({
  name: 'vox.quota.model-ending',
  version: 1,
  scope: 'tenant',
  stream: 'VOX_TRUST',
  publishers: ['quota'],
  summary: 'A tenant called with a model that its provider shuts down within 60 days: once for each model and its end.',
  data: z.object({
    tenantId: TenantId,
    model: ModelName,
    endsAt: z.iso.datetime().describe('from then on calls with it are refused'),
  }),
});

/** The facts of models. */
export const modelFacts = [ModelEnding] as const;
