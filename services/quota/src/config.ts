import { busSettings, positive, requiredInProduction, serviceSettings, storeSettings } from '@vox/shared/config';
import { z } from 'zod';

/** What quota reads from its environment. */
export const config = {
  schema: z.object({
    ...serviceSettings,
    ...busSettings,
    ...storeSettings('vox_quota'),
    SWEEP_MS: positive(60_000).default(1_000).describe('pause between two looks for reservations past their lease'),
  }),
  rules: [requiredInProduction('NATS_NKEY_SEED')],
};
