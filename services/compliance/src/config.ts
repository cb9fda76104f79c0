import {
  busSettings,
  count,
  positive,
  requiredInProduction,
  serviceSettings,
  storeSettings,
} from '@vox/platform/config';
import { masterKeyRules, masterKeySettings } from '@vox/platform/master-keys';
import { z } from 'zod';
import { standardPace } from './audit/decide/checkpoint-place.ts';

/** What compliance reads from its environment. */
export const config = {
  schema: z.object({
    ...serviceSettings,
    ...busSettings,
    ...storeSettings('vox_compliance'),
    MONGODB_KEYS_DATABASE: z
      .string()
      .regex(/^[a-z0-9_-]{1,40}$/)
      .default('vox_compliance_keys')
      .describe(
        'where the keys of tenants and persons are kept, apart from what they seal, so that it is backed up apart',
      ),
    AUDIT_CHECKPOINT_ENTRIES: positive(1_000_000)
      .default(standardPace.everyEntries)
      .describe('an audit chain is signed after so many entries'),
    AUDIT_CHECKPOINT_SECONDS: positive(86_400)
      .default(standardPace.everyMs / 1_000)
      .describe('and after so long, if it went on: what is cut off a chain shows from its last signed place back'),
    RETENTION_SWEEP_SECONDS: positive(86_400)
      .default(900)
      .describe('pause between two looks for what was kept as long as promised'),
    TRANSCRIPT_GRACE_SECONDS: count(3_600)
      .default(120)
      .describe('how long after the end of a call its last words are still taken'),
    SWEEP_MS: positive(60_000).default(1_000).describe('pause between two looks for what is due'),
    ...masterKeySettings,
  }),
  rules: [requiredInProduction('NATS_NKEY_SEED'), ...masterKeyRules],
};
