import { type ProviderRow, profileOf } from '@vox/contracts';
import { liveProvider } from './live.ts';
import { type OpenAiOptions, openAiProviders } from './openai.ts';
import type { Provider } from './provider.ts';
import { realtimeProvider } from './realtime.ts';

/** A row of the configuration with what its headers hold. */
export type OpenedRow = Readonly<{ row: ProviderRow; headers: Readonly<Record<string, string>> }>;

/** Every provider of an installation: OpenAI, and the rows, of which one may take the place of OpenAI. */
export const configuredProviders = (rows: readonly OpenedRow[], standard: OpenAiOptions): Provider[] => [
  ...openAiProviders(standard).filter(({ profile }) => rows.every(({ row }) => row.id !== profile.id)),
  ...rows.map(({ row, headers }) => {
    const { baseUrl, path, deadlineMs, adapter } = row;
    const place = { baseUrl, path, headers: () => headers, deadlineMs, hangUpTimeoutMs: standard.hangUpTimeoutMs };
    return adapter === 'openai-live'
      ? liveProvider(profileOf(row), place)
      : realtimeProvider(profileOf(row), place, standard);
  }),
];
