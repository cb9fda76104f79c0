import { busSettings, requiredInProduction, serviceSettings, storeSettings } from '@vox/shared/config';
import { z } from 'zod';

/** What compliance reads from its environment. */
export const config = {
  schema: z.object({ ...serviceSettings, ...busSettings, ...storeSettings('vox_compliance') }),
  rules: [requiredInProduction('NATS_NKEY_SEED')],
};
