import { randomBytes } from 'node:crypto';
import { RewrapKeys } from '@vox/contracts';
import { givenMasterKeys } from '@vox/platform/master-keys';
import { settled } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { onTwins, vaultOf } from '../../compliance.fixture.ts';
import { startCompliance } from '../../service.ts';

const visitor = { kind: 'visitor', form: 'v_0123456789abcdefghijkl' } as const;

describe('a master key', () => {
  it('rotates while the service runs: after a rewrap, what stood under the old key opens without it', async () => {
    const twins = onTwins();
    const old = randomBytes(32);
    let keys = [old];
    const masterKeys = givenMasterKeys(() => keys);
    const service = await startCompliance({ ...twins, masterKeys });
    const before = vaultOf({ ...twins, masterKeys });
    const subject = await before.subjectOf('acme', visitor);
    const sealed = (await before.box(subject))?.seal('place', 'words') ?? '';
    const newest = randomBytes(32);
    keys = [newest, old];
    const { keyId: kid } = await masterKeys.newest();
    const asked = await twins.bus.ask(RewrapKeys, { actor: 'tester' });
    expect(asked).toEqual({ kid, rewrapped: 2, left: 0 });
    keys = [newest];
    const after = vaultOf({ ...twins, masterKeys });
    expect((await after.box(subject))?.open('place', sealed)).toBe('words');
    await settled(twins.bus);
    expect(twins.bus.published().map(({ type }) => type)).toEqual(['vox.privacy.master-key-rotated.v1']);
    await service.stop();
  });
  it('that is not at hand opens nothing, and its lack is a dependency that is unavailable', async () => {
    const twins = onTwins();
    await vaultOf(twins).subjectOf('acme', visitor);
    const strangers = { ...twins, masterKeys: givenMasterKeys([randomBytes(32)]) };
    await expect(vaultOf(strangers).subjectOf('acme', visitor)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
  });
});
