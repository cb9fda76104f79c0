import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProviderRows } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { headersGiven, openedRows } from './provider-headers.ts';

const file = join(mkdtempSync(join(tmpdir(), 'vox-headers-')), 'key');
writeFileSync(file, 'from-file\n');
const rowsWith = (headers: object): string =>
  JSON.stringify([{ id: 'far', adapter: 'openai-realtime', baseUrl: 'https://far.example', headers }]);
const opened = (headers: object, env: Record<string, string> = {}) =>
  openedRows(ProviderRows.parse(rowsWith(headers)), env)[0]?.headers;

describe('the headers of a provider', () => {
  it('hold what a variable, a file or the row itself says', () => {
    const headers = {
      Authorization: { env: 'FAR_KEY', prefix: 'Bearer ' },
      'api-key': { file },
      'x-org': { value: 'acme' },
    };
    expect(opened(headers, { FAR_KEY: 'from-env' })).toEqual({
      ...{ Authorization: 'Bearer from-env', 'api-key': 'from-file', 'x-org': 'acme' },
    });
    expect(headersGiven({ FAR_KEY: 'from-env' })({ PROVIDERS: rowsWith(headers) })).toEqual([]);
  });
  it('are a mistake that is named where a variable or a file gives none, or gives what no header can hold', () => {
    const mistakes = headersGiven({ LINES: 'canary\r\nX-Evil: 1' })({
      PROVIDERS: rowsWith({
        'api-key': { env: 'UNSET' },
        'x-key': { file: `${file}-none` },
        Authorization: { env: 'LINES' },
      }),
    });
    expect(mistakes.map((mistake) => mistake.split(': ').slice(0, 2).join(': '))).toEqual([
      'PROVIDERS: at 0.headers.api-key',
      'PROVIDERS: at 0.headers.x-key',
      'PROVIDERS: at 0.headers.Authorization',
    ]);
    expect(mistakes.join()).not.toContain('canary');
  });
});
