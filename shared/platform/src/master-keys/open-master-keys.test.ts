import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigError, readConfig } from '../config/mod.ts';
import { arnOf, awsKmsServer, awsUser } from './aws-kms.fixture.ts';
import { someClock } from './holders.fixture.ts';
import { type MasterKeyLifecycle, openMasterKeys } from './open-master-keys.ts';
import { masterKeyRules, masterKeySettings } from './settings.ts';
import { vaultServer, vaultToken } from './vault.fixture.ts';

const schema = z.object({ ...masterKeySettings, NODE_ENV: z.string().optional() });
const context = 'tenant:acme:data';
const line = () => randomBytes(32).toString('base64');

function opened(env: Record<string, string>, clock = someClock()) {
  const settings = readConfig(schema, { NODE_ENV: 'test', ...env }, masterKeyRules);
  const watched: Parameters<MasterKeyLifecycle['dependsOn']>[0][] = [];
  const lifecycle = {
    fresh:
      <T>(_name: string, given: T) =>
      () =>
        given,
    dependsOn: (each: (typeof watched)[0]) => void watched.push(each),
  };
  return { keys: openMasterKeys(settings, lifecycle, clock), watched };
}
function mistakesOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(schema, env, masterKeyRules);
    return [];
  } catch (error) {
    return error instanceof ConfigError ? error.mistakes : expect.unreachable();
  }
}
const awsEnv = (url: string) => ({
  AWS_KMS_KEYS: arnOf('old'),
  AWS_KMS_CREDENTIALS: `${awsUser.accessKeyId}:${awsUser.secretAccessKey}`,
  AWS_KMS_URL: url,
});
const vaultEnv = (url: string) => ({ VAULT_URL: url, VAULT_TOKEN: vaultToken, VAULT_TRANSIT_KEY: 'vox' });

describe('the master keys of a service', () => {
  it('move from a file to AWS KMS and on to Vault, and at each step all that was wrapped opens', async () => {
    const clock = someClock();
    const [aws, vault] = [await awsKmsServer(clock, ['old']), await vaultServer({ derived: true })];
    const all = { VOX_MASTER_KEY: line(), ...awsEnv(aws.url), ...vaultEnv(vault.url) };
    const wrapped: string[] = [];
    const key = randomBytes(32);
    for (const MASTER_KEY_PROVIDER of ['given', 'aws-kms', 'vault-transit'] as const) {
      const { keys } = opened({ ...all, MASTER_KEY_PROVIDER }, clock);
      expect(wrapped.some(keys.isNewest)).toBe(false);
      wrapped.push(await keys.wrap(key, context));
      for (const each of wrapped) expect(await keys.unwrap(each, context)).toEqual(key);
      expect(wrapped.filter(keys.isNewest)).toEqual(wrapped.slice(-1));
    }
    expect(wrapped.map((each) => each.split('|')[0])).toEqual(['given', 'aws-kms', 'vault-transit']);
  });
  it('that are not at hand open nothing, and their lack is a dependency that is unavailable', async () => {
    const wrapped = await opened({ VOX_MASTER_KEY: line() }).keys.wrap(randomBytes(32), context);
    const stranger = opened({ VOX_MASTER_KEY: line() }).keys;
    for (const text of [wrapped, 'no wrapped key', `aws-kms|${arnOf('old')}|AAAA`]) {
      await expect(stranger.unwrap(text, context)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      expect(await stranger.open(text, context)).toBeUndefined();
    }
  });
  it('outside of this process are watched, and asked once a minute while they answer', async () => {
    const clock = someClock();
    const vault = await vaultServer({ derived: true });
    const { watched } = opened({ ...vaultEnv(vault.url), MASTER_KEY_PROVIDER: 'vault-transit' }, clock);
    expect(watched).toMatchObject([{ name: 'kms', needed: false, tried: vault.url.replace('http://', '') }]);
    for (let n = 0; n < 3; n += 1) await watched[0]?.ask();
    expect(vault.heard).toHaveLength(1);
    clock.advanceMs(60_000);
    vault.be('broken');
    for (let n = 0; n < 2; n += 1) await expect(watched[0]?.ask()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(opened({ VOX_MASTER_KEY: line() }).watched).toEqual([]);
  });
});

describe('the settings of master keys', () => {
  it('name each that the chosen holder lacks, and repeat no value', () => {
    expect(mistakesOf({})).toEqual(['VOX_MASTER_KEY: is required for master keys of the provider given']);
    expect(mistakesOf({ MASTER_KEY_PROVIDER: 'aws-kms' }).map((each) => each.split(':')[0])).toEqual([
      'AWS_KMS_KEYS',
      'AWS_KMS_CREDENTIALS',
    ]);
    expect(mistakesOf({ VOX_MASTER_KEY: line(), VAULT_URL: 'https://vault.example' })).toEqual([
      'VAULT_TOKEN: is required for master keys of the provider vault-transit',
      'VAULT_TRANSIT_KEY: is required for master keys of the provider vault-transit',
    ]);
    const bad = mistakesOf({ VOX_MASTER_KEY: 'c2hvcnQ=', AWS_KMS_KEYS: 'alias/canary', AWS_KMS_CREDENTIALS: 'canary' });
    expect(bad).toHaveLength(3);
    expect(bad.join()).not.toMatch(/canary|c2hvcnQ/);
  });
  it('refuse a line that is no key', () => {
    for (const text of ['c2hvcnQ=', `${line()}\nx`]) expect(mistakesOf({ VOX_MASTER_KEY: text })).toHaveLength(1);
    expect(mistakesOf({ VOX_MASTER_KEY: `${line()}\n\n${line()}\n` })).toEqual([]);
  });
  it('let no key travel without TLS in production', () => {
    const given = { VOX_MASTER_KEY: line() };
    const plain = { ...given, ...vaultEnv('http://vault.example:8200') };
    expect(mistakesOf(plain)).toEqual(['VAULT_URL: must begin with https:// in production']);
    expect(mistakesOf({ ...given, ...awsEnv('http://kms.example') })).toEqual([
      'AWS_KMS_URL: must begin with https:// in production',
    ]);
    expect(mistakesOf({ ...plain, NODE_ENV: 'development' })).toEqual([]);
  });
});
