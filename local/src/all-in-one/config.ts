import { codeSettings, limitSettings } from '@vox/auth/config';
import { doorSettings } from '@vox/edge-guard/config';
import { type ConfigRule, environment, positive } from '@vox/platform/config';
import { providerSettings } from '@vox/session-broker/config';
import { z } from 'zod';

const refusesProduction: ConfigRule = ({ NODE_ENV }) =>
  NODE_ENV === 'production' ? ['NODE_ENV: the all-in-one mode keeps everything in memory and refuses production'] : [];

/** What the all-in-one mode reads from its environment. */
export const config = {
  schema: z.object({
    NODE_ENV: environment().default('development'),
    PORT: positive(65_535).default(8_080).describe('where edge-guard listens, on loopback'),
    PAGE_PORT: positive(65_535).default(8_090).describe('where the demo page is served, on loopback'),
    MAIL_PORT: positive(65_535).default(8_025).describe('where mails are shown, on loopback'),
    VIEWER_PORT: positive(65_535).default(8_095).describe('where traces, facts and metrics are shown, on loopback'),
    ...doorSettings,
    ...codeSettings,
    ...limitSettings,
    OPENAI_API_KEY: z.string().optional().describe('uses OpenAI instead of the simulator'),
    ...providerSettings,
  }),
  rules: [refusesProduction],
};
