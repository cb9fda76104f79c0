import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { count, dollars, list, secretBytes } from './kinds.ts';
import { type ConfigError, readConfig } from './read-config.ts';

const schema = z.object({
  LIMIT: count().default(60),
  BUDGET: dollars().default(20_000_000),
  PROXIES: list().default([]),
  KEY: secretBytes().optional(),
  URL: z.string(),
});
const mistakesOf = (env: Record<string, string>): readonly string[] => {
  try {
    readConfig(schema, env);
    return [];
  } catch (error) {
    return (error as ConfigError).mistakes;
  }
};

describe('the configuration of a service', () => {
  it('takes a default where a variable is unset, and zero as zero', () => {
    expect(readConfig(schema, { URL: 'u', LIMIT: '0', BUDGET: '0.5', PROXIES: 'a, b' })).toEqual({
      URL: 'u',
      LIMIT: 0,
      BUDGET: 500_000,
      PROXIES: ['a', 'b'],
    });
    expect(readConfig(schema, { URL: 'u' }).LIMIT).toBe(60);
  });
  it('reports every mistake at once and repeats no value', () => {
    const mistakes = mistakesOf({ LIMIT: '-1', BUDGET: '1e3', KEY: 'canary' });
    expect(mistakes.map((mistake) => mistake.split(':')[0]).sort()).toEqual(['BUDGET', 'KEY', 'LIMIT', 'URL']);
    expect(mistakes.join()).not.toContain('canary');
  });
  it('refuses an empty value', () => {
    expect(mistakesOf({ URL: 'u', LIMIT: '' }).join()).toContain('LIMIT: is empty');
  });
  it('reads a secret from the file that NAME_FILE names, but not from two places', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'vox-config-')), 'url');
    writeFileSync(file, 'from-file\n');
    expect(readConfig(schema, { URL_FILE: file }).URL).toBe('from-file');
    expect(mistakesOf({ URL_FILE: file, URL: 'u' }).join()).toContain('given twice');
    expect(mistakesOf({ URL_FILE: `${file}-none` }).join()).toContain('cannot be read');
  });
});
