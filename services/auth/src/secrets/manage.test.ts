import { ListSecrets, RemoveSecret, SetSecretHosts, SetTenantStatus } from '@vox/contracts';
import { memoryDocuments } from '@vox/platform/store';
import { settled } from '@vox/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { storedSecretBooks } from './keep/books.ts';
import {
  by,
  create,
  host,
  lent,
  rotate,
  type SecretsOnTwins,
  secretsOnTwins,
  tenantId,
  viewOf,
} from './secrets.fixture.ts';

const dayMs = 86_400_000;
let fixture: SecretsOnTwins;
beforeEach(async () => {
  fixture = await secretsOnTwins();
});
const facts = () =>
  fixture.bus.published().flatMap(({ type, data }) => (type.includes('secret-changed') ? [data] : []));
const issue = (path: string) => ({ code: 'INVALID_REQUEST', answer: { issues: [{ path }] } });

describe('a secret', () => {
  it('is listed by its name, version, ages and hosts, and is told of without its value', async () => {
    const made = await create(fixture, 'canary-one');
    fixture.clock.advanceMs(3 * dayMs);
    await rotate(fixture, 'canary-two');
    fixture.clock.advanceMs(dayMs);
    const { secrets } = await fixture.bus.ask(ListSecrets, { tenantId });
    const moment = (days: number) => new Date(Date.parse('2026-05-05T12:00:00.000Z') + days * dayMs).toISOString();
    expect(secrets).toEqual([
      {
        ...{ tenantId, name: 'SHOP_KEY', hosts: [host], version: 2, createdAt: moment(0) },
        ...{
          inForce: { version: 2, hosts: [host], createdAt: moment(3) },
          inForceFrom: null,
          ageDays: 1,
          lastUsedAt: null,
        },
      },
    ]);
    expect(facts()).toMatchObject([
      { name: 'SHOP_KEY', version: 1, change: 'created', hosts: [host], actor: 'test' },
      { name: 'SHOP_KEY', version: 2, change: 'rotated' },
    ]);
    expect(JSON.stringify([made, secrets, facts()])).not.toContain('canary');
  });
  it('of a name that is taken is refused, and the one that is there stays', async () => {
    await create(fixture, 'first');
    await expect(create(fixture, 'second')).rejects.toMatchObject(issue('name'));
    expect(await lent(fixture)).toEqual({ SHOP_KEY: 'first' });
  });
  it('of a tenant that does not exist is neither made nor listed', async () => {
    const nobody = { tenantId: 'nobody' };
    await expect(create(fixture, 'x', nobody)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(fixture.bus.ask(ListSecrets, nobody)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
  it('is not made beyond the number that a tenant may have', async () => {
    for (let n = 0; n < 64; n += 1) await create(fixture, 'x', { name: `KEY_${n}` });
    await expect(create(fixture, 'x', { name: 'KEY_64' })).rejects.toMatchObject(issue('name'));
  });
  it.each([
    [{ name: 'shop_key' }, 'name'],
    [{ hosts: [] }, 'hosts'],
    [{ hosts: ['https://api.example'] }, 'hosts.0'],
    [{ hosts: ['*.example'] }, 'hosts.0'],
    [{ hosts: ['api.example/path'] }, 'hosts.0'],
    [{ hosts: ['api.example', 'API.example'] }, 'hosts'],
  ])('is refused where %j is wrong, by the name of the field', async (over, path) =>
    expect(create(fixture, 'canary', over)).rejects.toMatchObject(issue(path)),
  );
  it.each(['', 'a\u0000b', 'x'.repeat(4_097)])('is refused for a value that is no text of its size', async (value) => {
    const refused = create(fixture, value).catch((error: { answer: object }) => error);
    expect(await refused).toMatchObject(issue('value'));
    if (value !== '') expect(JSON.stringify((await refused) as object)).not.toContain(value);
  });
  it('changes only for who has seen its newest version, if they say which they have seen', async () => {
    await create(fixture, 'one');
    await rotate(fixture, 'two', { ifVersion: 1 });
    const other = { code: 'VERSION_MISMATCH', answer: { issues: [{ path: 'ifVersion' }] } };
    await expect(rotate(fixture, 'three', { ifVersion: 1 })).rejects.toMatchObject(other);
    const hosts = { ...by, name: 'SHOP_KEY', hosts: [host], ifVersion: 1 };
    await expect(fixture.bus.ask(SetSecretHosts, hosts)).rejects.toMatchObject(other);
    expect(await lent(fixture)).toEqual({ SHOP_KEY: 'two' });
  });
  it('loses a host at once, in every version, and gets one with its value alone', async () => {
    const [other, third] = ['other.example', 'third.example:8443'];
    await create(fixture, 'one', { hosts: [host, 'Other.example', third] });
    const inForceFrom = new Date(fixture.clock.now().getTime() + dayMs).toISOString();
    await rotate(fixture, 'two', { inForceFrom });
    const set = (hosts: string[]) => fixture.bus.ask(SetSecretHosts, { ...by, name: 'SHOP_KEY', hosts });
    // Whoever could add a host could have a value that they do not know sent to it.
    await expect(set([other, 'evil.example'])).rejects.toMatchObject(issue('hosts'));
    await set([other, third]);
    expect(await viewOf(fixture)).toMatchObject({ hosts: [other, third], inForce: { hosts: [other, third] } });
    expect(await lent(fixture)).toEqual({ kind: 'refused', name: 'SHOP_KEY', why: 'host' });
    expect(await lent(fixture, { host: third })).toEqual({ SHOP_KEY: 'one' });
  });
  it('is sent to a host that came with a new version in that version alone', async () => {
    await create(fixture, 'one');
    const inForceFrom = new Date(fixture.clock.now().getTime() + dayMs).toISOString();
    await rotate(fixture, 'two', { hosts: ['new.example'], inForceFrom });
    const refused = { kind: 'refused', name: 'SHOP_KEY', why: 'host' };
    expect([await lent(fixture), await lent(fixture, { host: 'new.example' })]).toEqual([{ SHOP_KEY: 'one' }, refused]);
    fixture.clock.advanceMs(dayMs);
    expect([await lent(fixture), await lent(fixture, { host: 'new.example' })]).toEqual([refused, { SHOP_KEY: 'two' }]);
  });
  it('that was removed is lent to nobody, and nothing of its value is kept', async () => {
    await create(fixture, 'value');
    await fixture.bus.ask(RemoveSecret, { ...by, name: 'SHOP_KEY' });
    expect(await lent(fixture)).toEqual({ kind: 'refused', name: 'SHOP_KEY', why: 'unknown' });
    expect(await fixture.secretBooks.read(tenantId)).toMatchObject({ secrets: [] });
    const again = fixture.bus.ask(RemoveSecret, { ...by, name: 'SHOP_KEY' });
    await expect(again).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(facts().at(-1)).toMatchObject({ change: 'removed', hosts: [] });
  });
  it('is managed while its tenant is suspended, as its keys and webhooks are', async () => {
    await create(fixture, 'one');
    await fixture.bus.ask(SetTenantStatus, { ...by, status: 'suspended' });
    await rotate(fixture, 'two');
    expect(await lent(fixture)).toEqual({ SHOP_KEY: 'two' });
  });
  it('whose change is refused stands in the audit log, without its value', async () => {
    await expect(rotate(fixture, 'canary')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const acts = fixture.bus.published().filter(({ type }) => type.includes('acted'));
    expect(acts.at(-1)?.data).toMatchObject({ action: 'secret.rotate', outcome: 'refused', actor: 'test' });
    expect(JSON.stringify(acts)).not.toContain('canary');
  });
});

describe('a crash', () => {
  it('after the write of a change leaves one version and one fact, which the sweep publishes', async () => {
    let isCrashing = false;
    const fault = (point: string): void => {
      if (isCrashing && point === 'written') throw new Error('crash');
    };
    fixture = await secretsOnTwins({
      storesOf: () => ({ secretBooks: memoryDocuments(storedSecretBooks, { fault }) }),
    });
    await create(fixture, 'one');
    isCrashing = true;
    await expect(rotate(fixture, 'two')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    isCrashing = false;
    await expect.poll(facts).toMatchObject([{ version: 1 }, { version: 2 }]);
    await settled(fixture.bus);
    expect(facts()).toHaveLength(2);
    expect(await lent(fixture)).toEqual({ SHOP_KEY: 'two' });
  });
});
