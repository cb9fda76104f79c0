import { ModelName, ProviderRows } from '@vox/contracts';
import {
  busSettings,
  flag,
  httpUrl,
  list,
  positive,
  refusedInProduction,
  requiredInProduction,
  secretBytes,
  serviceSettings,
  storeSettings,
} from '@vox/platform/config';
import { egressSettings } from '@vox/platform/egress';
import { z } from 'zod';

/** How the broker reaches the provider. */
export const providerSettings = {
  OPENAI_BASE_URL: httpUrl().default('https://api.openai.com').describe('where the Realtime API is served'),
  CLIENT_SECRET_SECONDS: positive(7_200)
    .default(30)
    .describe('life of a client secret: long enough for one visitor to begin one call, which keeps its place as long'),
  TRANSCRIPTION_MODEL: ModelName.default('gpt-transcribe').describe(
    'transcribes the visitor’s words, where the tenant keeps them',
  ),
};

/** Where tools of agents may be called, and how often. */
export const toolSettings = {
  TOOL_PORTS: list()
    .pipe(z.array(positive(65_535)).min(1))
    .default([443, 8_443])
    .describe('ports at which hosts of tools may listen, parted by commas'),
  TOOL_LOOPBACK: flag()
    .default(false)
    .describe('lets tools call this machine, over http too; for trying things out, refused in production'),
  TOOL_CALLS_PER_SESSION: positive(1_000)
    .default(100)
    .describe('uses of tools within one call; a tool’s own limit can only be lower'),
  TOOL_CALLS_PER_MINUTE: positive(100_000)
    .default(600)
    .describe('uses of tools within a minute over all calls of a tenant; a tool’s own limit can only be lower'),
};

/** What the session broker reads from its environment. */
export const config = {
  schema: z.object({
    ...serviceSettings,
    ...busSettings,
    ...storeSettings('vox_session_broker'),
    SEAL_KEY: secretBytes().describe('seals client secrets and the persons of calls in the store'),
    OPENAI_API_KEY: z.string().min(1).describe('the provider’s key; no browser ever sees it'),
    ...providerSettings,
    ...toolSettings,
    ...egressSettings,
    PROVIDERS: ProviderRows.optional().describe(
      'other providers beside OpenAI, as JSON: id, adapter, baseUrl, path, headers, models, region, lacks, deadlineMs; the same as of auth. See docs/providers.md',
    ),
    PROVE_CALL_SEC: positive(3_600)
      .default(120)
      .describe('life of a call that sends heartbeats and uses nothing; never less than its tenant’s longest silence'),
    SWEEP_MS: positive(60_000).default(500).describe('pause between two looks for sessions past their time'),
  }),
  rules: [requiredInProduction('NATS_NKEY_SEED'), refusedInProduction('TOOL_LOOPBACK')],
};
