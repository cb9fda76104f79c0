import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigError, readConfig } from '../config/mod.ts';
import { isCredentialsUrl } from './aws-credentials.ts';
import { arnOf, awsKmsServer, awsUser } from './aws-kms.fixture.ts';
import { someClock } from './holders.fixture.ts';
import { jsonServer, type Said, troubles } from './kms-server.fixture.ts';
import { openMasterKeys } from './open-master-keys.ts';
import { masterKeyRules, masterKeySettings } from './settings.ts';

const schema = z.object({ ...masterKeySettings, NODE_ENV: z.string().optional() });
const context = 'tenant:acme:data';
const hourMs = 3_600_000;
const roleArn = 'arn:aws:iam::123456789012:role/vox';
const xml = (fields: object): string =>
  `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleWithWebIdentityResult><Credentials>${Object.entries(fields)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('\n')}</Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`;

/** KMS, and beside it somebody who gives credentials for an hour to whoever shows the token of now. */
async function somebody(kind: 'agent' | 'sts') {
  const clock = someClock();
  const kms = await awsKmsServer(clock, ['old']);
  let token = 'canary.token.one';
  let refuses: Said | undefined;
  const giver = await jsonServer(() => {
    if (refuses !== undefined) return refuses;
    const Expiration = new Date(clock.now().getTime() + hourMs).toISOString();
    const both = { AccessKeyId: awsUser.accessKeyId, SecretAccessKey: awsUser.secretAccessKey, Expiration };
    return kind === 'agent'
      ? { status: 200, body: { ...both, Token: 'canarySessionToken==' } }
      : { status: 200, body: xml({ ...both, SessionToken: 'canarySessionToken==' }), isText: true };
  });
  const env: Record<string, string> =
    kind === 'agent'
      ? { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${giver.url}/v1/credentials`, AWS_CONTAINER_AUTHORIZATION_TOKEN: token }
      : { AWS_ROLE_ARN: roleArn, AWS_WEB_IDENTITY_TOKEN: token, AWS_STS_URL: giver.url };
  const all = { ...env, MASTER_KEY_PROVIDER: 'aws-kms', AWS_KMS_KEYS: arnOf('old'), AWS_KMS_URL: kms.url };
  const settings = readConfig(schema, { ...all, NODE_ENV: 'test', MASTER_KEY_CACHE_SECONDS: '0' }, masterKeyRules);
  const fresh = <T>(_name: string, given: T) => (typeof given === 'string' ? () => token as T : () => given);
  const keys = openMasterKeys(settings, { fresh, dependsOn: () => undefined }, clock);
  return {
    ...{ clock, kms, giver, keys },
    turn: (next: string) => void (token = next),
    refuse: (said: Said | undefined) => void (refuses = said),
  };
}

describe.each(['agent', 'sts'] as const)('AWS KMS with credentials that end by themselves (%s)', (kind) => {
  it('is asked with them, and they are asked for anew before they end, with the token of then', async () => {
    const { clock, kms, giver, keys, turn } = await somebody(kind);
    const key = randomBytes(32);
    const [wrapped] = await Promise.all([keys.wrap(key, context), keys.wrap(key, context)]);
    expect(await keys.unwrap(wrapped, context)).toEqual(key);
    expect(kms.heard.every(({ headers }) => headers['x-amz-security-token'] === 'canarySessionToken==')).toBe(true);
    clock.advanceMs(hourMs - 300_001);
    await keys.unwrap(wrapped, context);
    expect(giver.heard).toHaveLength(1);
    turn('canary.token.two');
    clock.advanceMs(1);
    await keys.unwrap(wrapped, context);
    const shown = giver.heard.map(({ method, path, headers, body }) =>
      kind === 'agent'
        ? [method, path, headers.authorization]
        : [method, path, Object.fromEntries(new URLSearchParams(body))],
    );
    const asked = {
      Action: 'AssumeRoleWithWebIdentity',
      Version: '2011-06-15',
      RoleArn: roleArn,
      RoleSessionName: 'vox',
    };
    expect(shown).toEqual(
      ['canary.token.one', 'canary.token.two'].map((token) =>
        kind === 'agent' ? ['GET', '/v1/credentials', token] : ['POST', '/', { ...asked, WebIdentityToken: token }],
      ),
    );
  });
  it('goes on with those that are still good while nobody gives others, and not past their end', async () => {
    const { clock, giver, keys } = await somebody(kind);
    const wrapped = await keys.wrap(randomBytes(32), context);
    giver.be('broken');
    clock.advanceMs(hourMs - 60_000);
    await keys.unwrap(wrapped, context);
    await keys.unwrap(wrapped, context);
    expect(giver.heard).toHaveLength(2);
    clock.advanceMs(60_000);
    await expect(keys.unwrap(wrapped, context)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    giver.be(undefined);
    expect(await keys.unwrap(wrapped, context)).toHaveLength(32);
  });
  it.each(troubles)('(%s) is unavailable while nobody gives any, and no token or key is told', async (what) => {
    const { giver, keys, kms } = await somebody(kind);
    giver.be(what);
    const error = await keys.wrap(randomBytes(32), context).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'UNAVAILABLE', cause: { message: expect.stringMatching(/STS|agent/) } });
    expect(inspect(error, { depth: 9 })).not.toMatch(/canary/i);
    expect(kms.heard).toEqual([]);
  });
});

it('why STS gives no credentials is named where its name is known, and nothing else of its answer', async () => {
  const { keys, refuse } = await somebody('sts');
  const said = (code: string) =>
    refuse({ status: 403, body: `<Error><Code>${code}</Code><Message>canary</Message></Error>`, isText: true });
  for (const [code, words] of [
    ['AccessDenied', 'AWS STS answered 403 AccessDenied'],
    ['CanaryError', 'AWS STS answered 403'],
  ] as const) {
    said(code);
    await expect(keys.wrap(randomBytes(32), context)).rejects.toMatchObject({ cause: { message: words } });
  }
});

describe('where credentials are asked for', () => {
  it.each([
    'http://169.254.170.2/v2/credentials/x',
    'http://169.254.170.23/v1/credentials',
    'http://[fd00:ec2::23]/v1/credentials',
    'http://127.0.0.1:1234/',
    'https://[::1]/',
  ])('may be the agent of a container: %s', (url) => {
    expect(isCredentialsUrl(url)).toBe(true);
  });
  it.each([
    ...['http://169.254.169.254/latest/', 'http://10.0.0.1/', 'https://credentials.example/', 'http://localhost/'],
    ...['http://169.254.170.2.evil.example/', 'http://user@127.0.0.1/', 'file:///etc/passwd', 'http://169.254.170.3/'],
    ...['http://[::ffff:169.254.169.254]/', 'no url'],
  ])('is nobody else: %s', (url) => {
    expect(isCredentialsUrl(url)).toBe(false);
    const env = { VOX_MASTER_KEY: randomBytes(32).toString('base64'), AWS_CONTAINER_CREDENTIALS_FULL_URI: url };
    expect(() => readConfig(schema, env, masterKeyRules)).toThrow(ConfigError);
  });
  it('asks for nothing by itself: a cluster gives its roles to everybody', () => {
    const env = {
      VOX_MASTER_KEY: randomBytes(32).toString('base64'),
      AWS_ROLE_ARN: roleArn,
      AWS_WEB_IDENTITY_TOKEN: 'x',
    };
    expect(readConfig(schema, env, masterKeyRules).MASTER_KEY_PROVIDER).toBe('given');
  });
});
