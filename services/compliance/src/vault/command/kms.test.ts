import { randomBytes } from 'node:crypto';
import { RewrapKeys } from '@vox/contracts';
import { readConfig } from '@vox/platform/config';
import { masterKeySettings, openMasterKeys } from '@vox/platform/master-keys';
import { settled } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { arnOf, awsKmsServer, awsUser } from '../../../../../shared/platform/src/master-keys/aws-kms.fixture.ts';
import { vaultServer, vaultToken } from '../../../../../shared/platform/src/master-keys/vault.fixture.ts';
import { onTwins, vaultOf } from '../../compliance.fixture.ts';
import { startCompliance } from '../../service.ts';

const visitor = { kind: 'visitor', form: 'v_0123456789abcdefghijkl' } as const;
const given = { VOX_MASTER_KEY: randomBytes(32).toString('base64') };
type Twins = ReturnType<typeof onTwins>;

/** The master keys of a copy with these settings. */
const keysOf = ({ clock }: Twins, env: Record<string, string>) =>
  openMasterKeys(
    readConfig(z.object(masterKeySettings), env),
    { fresh: (_name, value) => () => value, dependsOn: () => undefined },
    clock,
  );

async function onAws({ clock }: Twins) {
  const server = await awsKmsServer(clock, ['old']);
  const user = { AWS_KMS_CREDENTIALS: `${awsUser.accessKeyId}:${awsUser.secretAccessKey}`, AWS_KMS_URL: server.url };
  return { server, env: { MASTER_KEY_PROVIDER: 'aws-kms', AWS_KMS_KEYS: arnOf('old'), ...user } };
}
async function onVault() {
  const server = await vaultServer({ derived: true });
  const env = { MASTER_KEY_PROVIDER: 'vault-transit', VAULT_URL: server.url, VAULT_TOKEN: vaultToken };
  return { server, env: { ...env, VAULT_TRANSIT_KEY: 'vox' } };
}

describe.each([
  ['AWS KMS', onAws],
  ['Vault', onVault],
] as const)('the vault of compliance under %s', (_name, open) => {
  it('moves there from a file while it runs, and opens all of it without the file', async () => {
    const twins = onTwins();
    const before = { ...twins, masterKeys: keysOf(twins, given) };
    const subject = await vaultOf(before).subjectOf('acme', visitor);
    const sealed = (await vaultOf(before).box(subject))?.seal('place', 'words') ?? '';
    const { env } = await open(twins);
    const service = await startCompliance({ ...twins, masterKeys: keysOf(twins, { ...given, ...env }) });
    const rewrapped = await twins.bus.ask(RewrapKeys, { actor: 'tester' });
    expect(rewrapped).toMatchObject({ left: 0, kid: expect.stringMatching(/^(aws-kms|vault-transit)\|/) });
    await settled(twins.bus);
    const [told] = twins.bus.published();
    expect(told?.data).toMatchObject({ kid: expect.stringMatching(/^[0-9a-f]{16}$/) });
    await service.stop();
    const after = { ...twins, masterKeys: keysOf(twins, env) };
    expect((await vaultOf(after).box(subject))?.open('place', sealed)).toBe('words');
  });
  it('is UNAVAILABLE while it is down, but for tenants whose keys are held, and loses nothing', async () => {
    const twins = onTwins();
    const { server, env } = await open(twins);
    const vault = vaultOf({ ...twins, masterKeys: keysOf(twins, env) });
    const subject = await vault.subjectOf('acme', visitor);
    server.be('broken');
    expect((await vault.subjectOf('acme', visitor)).subjectId).toBe(subject.subjectId);
    await expect(vault.subjectOf('other', visitor)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    twins.clock.advanceMs(121_000);
    await expect(vault.subjectOf('acme', visitor)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    server.be(undefined);
    expect((await vault.subjectOf('acme', visitor)).subjectId).toBe(subject.subjectId);
    expect(await vault.subjectOf('other', visitor)).toMatchObject({ tenantId: 'other' });
  });
  it('asks once for a tenant whose keys many need at once', async () => {
    const twins = onTwins();
    const { server, env } = await open(twins);
    const first = vaultOf({ ...twins, masterKeys: keysOf(twins, env) });
    await first.subjectOf('acme', visitor);
    const another = vaultOf({ ...twins, masterKeys: keysOf(twins, env) });
    const heard = server.heard.length;
    await Promise.all(Array.from({ length: 50 }, () => another.subjectOf('acme', visitor)));
    expect(server.heard.length - heard).toBeLessThanOrEqual(4);
  });
});
