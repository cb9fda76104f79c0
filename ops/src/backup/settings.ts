import { bootstrapSettings, busSettings, secretBytes, storeSettings } from '@vox/platform/config';
import { z } from 'zod';
import type { DatabaseNames } from './contents.ts';
import type { Restoring } from './restore.ts';
import type { Installation } from './take.ts';

const { MONGODB_URI, MONGODB_CA } = storeSettings('');

const databaseSettings = {
  AUTH_DATABASE: z.string().default('vox_auth'),
  QUOTA_DATABASE: z.string().default('vox_quota'),
  SESSION_BROKER_DATABASE: z.string().default('vox_session_broker'),
  COMPLIANCE_DATABASE: z.string().default('vox_compliance'),
  COMPLIANCE_KEYS_DATABASE: z.string().default('vox_compliance_keys'),
};

/** How the operator reaches the bus. */
export const operatorSettings = busSettings;

/** What opens and seals a file. */
export const backupKeySettings = {
  VOX_BACKUP_KEY: secretBytes().describe(
    'what backups are sealed under: 32 bytes in base64, kept apart from the installation and from the backups',
  ),
};

/** What `vox backup` reads. */
export const backupSettings = {
  ...busSettings,
  NATS_NKEY_SEED: busSettings.NATS_NKEY_SEED.describe('of the identity backup, who reads every stream whole'),
  MONGODB_URI: MONGODB_URI.describe('with a user who may read all databases of the installation, such as backup'),
  MONGODB_CA,
  ...databaseSettings,
  ...backupKeySettings,
};

/** What `vox restore` reads. */
export const restoreSettings = {
  ...backupSettings,
  NATS_NKEY_SEED: busSettings.NATS_NKEY_SEED.describe('of the identity restore, who alone may put streams back'),
  NATS_REPLICAS: bootstrapSettings.NATS_REPLICAS,
  MONGODB_URI: MONGODB_URI.describe('with a user who may read and write all databases of the installation'),
};

/** What `vox backup drill` reads: servers of no installation, and where the drill is noted. */
export const drillSettings = {
  ...busSettings,
  NATS_NKEY_SEED: backupSettings.NATS_NKEY_SEED,
  DRILL_NATS_URL: busSettings.NATS_URL.describe('an empty NATS server of no installation, which lets anybody in'),
  DRILL_MONGODB_URI: MONGODB_URI.describe('an empty MongoDB of no installation'),
  ...databaseSettings,
  ...backupKeySettings,
};

type Read<S extends z.ZodRawShape> = z.infer<z.ZodObject<S>>;

const databasesOf = (given: Read<typeof databaseSettings>): DatabaseNames => ({
  auth: given.AUTH_DATABASE,
  quota: given.QUOTA_DATABASE,
  broker: given.SESSION_BROKER_DATABASE,
  compliance: given.COMPLIANCE_DATABASE,
  keys: given.COMPLIANCE_KEYS_DATABASE,
});

/** The installation that settings name. */
export const installationOf = (given: Read<typeof backupSettings>): Installation => ({
  nats: { servers: given.NATS_URL, nkeySeed: given.NATS_NKEY_SEED, ca: given.NATS_CA },
  store: { uri: given.MONGODB_URI, ca: given.MONGODB_CA },
  databases: databasesOf(given),
});

/** The servers of a trial. */
export const scratchOf = (given: Read<typeof drillSettings>): Omit<Restoring, 'key' | 'replace' | 'progress'> => ({
  nats: { servers: given.DRILL_NATS_URL },
  store: { uri: given.DRILL_MONGODB_URI },
  databases: databasesOf(given),
  replicas: 1,
});
