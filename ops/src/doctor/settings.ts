import { busSettings, certificates, httpUrl, mongoUrl, url } from '@vox/platform/config';
import { z } from 'zod';

/** What doctor reads from the environment. Nothing is required: what is left out is skipped, and said. */
export const doctorSchema = z.object({
  NATS_URL: busSettings.NATS_URL.optional(),
  NATS_CA: busSettings.NATS_CA,
  NATS_NKEY_SEED: busSettings.NATS_NKEY_SEED.describe('of the operator'),
  NATS_MONITOR_URL: httpUrl().optional().describe('the monitoring endpoint of a NATS server, such as http://nats:8222'),
  REDIS_URL: url({ schemes: ['redis', 'rediss'], letsIn: true, path: true }).optional(),
  REDIS_CA: certificates().optional(),
  MONGODB_URI: mongoUrl().optional(),
  MONGODB_CA: certificates().optional(),
});

/** Where the parts of an installation are looked for. */
export type Places = Readonly<z.infer<typeof doctorSchema>> &
  Readonly<{
    /** Addresses of private ports. */
    services?: readonly string[] | undefined;
    /** Where browsers reach edge-guard. */
    door?: string | undefined;
    /** The configuration of the NATS server. */
    natsConfig?: string | undefined;
    /** The folder of seeds, keys and passwords. */
    secrets?: string | undefined;
  }>;
