import { z } from 'zod';
import { jsonText } from '../values/json-text.ts';
import {
  type Abilities,
  Ability,
  Adapter,
  ProviderId,
  type ProviderProfile,
  ProviderRegion,
  standardLiveProviderId,
  standardProviderId,
} from './provider.ts';

const headerName = /^[A-Za-z][A-Za-z0-9-]{0,63}$/;
/** What the connection itself says. */
const ownHeader = /^(host|connection|upgrade|transfer-encoding|content-.*|sec-websocket-.*)$/i;
const secretHeader = /^(authorization|proxy-authorization|cookie)$|key|token|secret|password/i;

/** The value of a header, or where it is found: a secret stands in a file or in a variable of the environment. */
const HeaderValue = z
  .strictObject({
    value: z.string().min(1).max(1_024).optional(),
    env: z
      .string()
      .regex(/^[A-Z][A-Z0-9_]{0,63}$/, 'must be the name of a variable')
      .optional(),
    file: z.string().min(1).max(1_024).optional(),
    prefix: z.string().max(64).optional().describe('stands before a secret, such as `Bearer `'),
  })
  .refine(
    ({ value, env, file }) => [value, env, file].filter((each) => each !== undefined).length === 1,
    'must have one of value, env and file',
  );

const Headers = z.record(z.string(), HeaderValue).superRefine((headers, context) => {
  for (const [name, { value }] of Object.entries(headers)) {
    const told = (message: string): void => context.addIssue({ code: 'custom', path: [name], message });
    if (!headerName.test(name) || ownHeader.test(name)) told('is no header that may be set');
    else if (value !== undefined && secretHeader.test(name)) told('must come from env or file: it is a secret');
  }
});

const BaseUrl = z.string().refine(isOrigin, 'must be http:// or https:// with a host, and nothing behind it');

function isOrigin(text: string): boolean {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return false;
  const { username, password, pathname, search, hash } = new URL(text);
  return username === '' && password === '' && pathname === '/' && search === '' && hash === '';
}

const modelPattern = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}\*?$/, 'must be a model, or a beginning with *');

/** One provider of an installation. No secret stands in it. */
export const ProviderRow = z.strictObject({
  id: ProviderId,
  adapter: Adapter,
  baseUrl: BaseUrl,
  path: z
    .string()
    .regex(/^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/, 'must be a path without an end, such as /openai/v1')
    .default('/v1'),
  headers: Headers.default({}),
  models: z.array(modelPattern).min(1).max(64).optional(),
  region: ProviderRegion.default('global'),
  lacks: z.array(Ability).max(Ability.options.length).default([]),
  deadlineMs: z.number().int().min(100).max(30_000).default(5_000).describe('longest wait for one answer'),
});
export type ProviderRow = z.infer<typeof ProviderRow>;

const rowsMax = 16;
const Rows = z
  .array(ProviderRow)
  .max(rowsMax)
  .superRefine((rows, context) => {
    for (const [at, { id }] of rows.entries())
      if (rows.findIndex((row) => row.id === id) !== at)
        context.addIssue({ code: 'custom', path: [at, 'id'], message: 'is the id of a row before it' });
  });

/** The providers of an installation as JSON. */
export const ProviderRows = jsonText(Rows);

const able: Readonly<Record<Adapter, Omit<Abilities, 'region'>>> = {
  'openai-realtime': {
    ...{ lockedClient: true, serverEnd: true, trustedUsage: true, clientSecrets: true, tools: true },
    unit: 'tokens',
  },
  // A Live session delegates to an application of its own; it knows no functions and no client secrets.
  'openai-live': {
    ...{ lockedClient: true, serverEnd: true, trustedUsage: true, clientSecrets: false, tools: false },
    unit: 'seconds',
  },
};

/**
 * What a provider can do: what its adapter can, but for what it is said to lack. A page knows where one provider is,
 * the standard one, so a secret of any other would be sent to the wrong host.
 */
export function profileOf({
  id,
  adapter,
  models,
  region,
  lacks,
}: Pick<ProviderRow, 'id' | 'adapter' | 'models' | 'region' | 'lacks'>): ProviderProfile {
  const lacked = Object.fromEntries(lacks.map((ability) => [ability, false]));
  const { clientSecrets, ...abilities } = able[adapter];
  const lends = clientSecrets && id === standardProviderId;
  return { id, adapter, models, abilities: { ...abilities, clientSecrets: lends, ...lacked, region } };
}

const standard = (id: string, adapter: Adapter): ProviderProfile =>
  profileOf({ id, adapter, region: 'global', lacks: [] });

/** OpenAI itself, by both of its interfaces. */
export const standardProfiles: readonly ProviderProfile[] = [
  standard(standardProviderId, 'openai-realtime'),
  standard(standardLiveProviderId, 'openai-live'),
];

/** The providers of an installation. A row takes the place of a standard provider that bears its id. */
export const profilesOf = (rows: readonly ProviderRow[] = []): readonly ProviderProfile[] => [
  ...standardProfiles.filter(({ id }) => rows.every((row) => row.id !== id)),
  ...rows.map(profileOf),
];
