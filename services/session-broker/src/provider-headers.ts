import { readFileSync } from 'node:fs';
import { type ProviderRow, ProviderRows } from '@vox/contracts';
import type { ConfigRule } from '@vox/platform/config';
import type { OpenedRow } from './provider/publish/configured.ts';

type Env = Readonly<Record<string, string | undefined>>;
type HeaderValue = ProviderRow['headers'][string];

/** What a header may hold: one line of ASCII. */
const line = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/** The value of a header; `undefined` where its variable or its file gives none that may be sent. */
function headerOf({ value, env: name, file, prefix = '' }: HeaderValue, env: Env): string | undefined {
  const found = value ?? (name === undefined ? fromFile(file ?? '') : env[name]?.trim());
  return found !== undefined && line.test(found) ? `${prefix}${found}` : undefined;
}

function fromFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** The rows of providers with what their headers hold. A header without a value is left out: a rule told of it. */
export const openedRows = (rows: readonly ProviderRow[] = [], env: Env): OpenedRow[] =>
  rows.map((row) => ({
    row,
    headers: Object.fromEntries(
      Object.entries(row.headers).flatMap(([name, given]) => {
        const value = headerOf(given, env);
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  }));

/** A rule that every header of a provider has a value. It names the header and the place, and repeats neither value. */
export const headersGiven =
  (env: Env): ConfigRule =>
  ({ PROVIDERS }) => {
    const rows = PROVIDERS === undefined ? [] : (ProviderRows.safeParse(PROVIDERS).data ?? []);
    return rows.flatMap(({ headers }, at) =>
      Object.entries(headers)
        .filter(([, given]) => headerOf(given, env) === undefined)
        .map(([name, { env: variable }]) => {
          const where = variable === undefined ? 'its file cannot be read' : 'its variable is not set';
          return `PROVIDERS: at ${at}.headers.${name}: ${where}, or holds no single line of ASCII`;
        }),
    );
  };
