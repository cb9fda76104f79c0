import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSecrets } from './make-secrets.ts';

describe('the secrets of an installation', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vox-secrets-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const make = (providerKey?: string) => makeSecrets(folder, providerKey);
  const files = () =>
    Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

  it('are made once, and are readable by this user only', () => {
    make();
    const first = files();
    make();
    expect(files()).toEqual(first);
    for (const name of Object.keys(first).filter((each) => each !== 'nats.conf'))
      expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  });
  it('gain what a newer version needs, and none of them changes', () => {
    make();
    const first = files();
    rmSync(join(folder, 'master.key'));
    rmSync(join(folder, 'compliance.seed'));
    writeFileSync(join(folder, 'nats.conf'), 'the rights of an older version');
    make();
    const { 'master.key': masterKey, 'compliance.seed': seed, 'nats.conf': config, ...rest } = files();
    const { 'master.key': _key, 'compliance.seed': _seed, 'nats.conf': _config, ...known } = first;
    expect(rest).toEqual(known);
    expect(Buffer.from(masterKey ?? '', 'base64')).toHaveLength(32);
    expect(seed).toMatch(/^SU/);
    expect(config).toContain('compliance');
  });
  it('hold the provider’s key as it was given, until another is given', () => {
    make('sk-given');
    make();
    expect(files()['openai.key']).toBe('sk-given');
  });
});
