import { globSync, readFileSync } from 'node:fs';
import { type ShardKey, shardCommands, shardKeys } from '@vox/ops/shard-keys';
import { storeUsers } from '@vox/ops/store-users';
import { hashKeyDocuments } from '@vox/platform/hash-keys';
import { describe, expect, it } from 'vitest';

/** Collections that the code of a service names. */
function namedBy(service: string): string[] {
  const sources = globSync(`services/${service}/src/**/*.ts`).filter((file) => !/\.(test|fixture)\.ts$/.test(file));
  const texts = sources.map((file) => readFileSync(file, 'utf8'));
  const names = texts.flatMap((text) => [
    ...[...text.matchAll(/^ {2}collection: '(\w+)'/gm)].map(([, name = '']) => name),
    ...[...text.matchAll(/db\.collection(?:<\w+>)?\('(\w+)'\)/g)].map(([, name = '']) => name),
    // The platform names it, for whoever keeps such keys.
    ...(text.includes('hashKeyDocuments') ? [hashKeyDocuments.collection] : []),
  ]);
  return [...new Set(names)].sort();
}
const services = Object.entries(storeUsers).filter(([, { role }]) => role === 'readWrite');

describe('the shard keys of MongoDB', () => {
  it.each(services)('name every collection of %s, and no other', (service, { databases }) => {
    const keyed = databases.flatMap((database) => Object.keys(shardKeys[database] ?? {}));
    expect(keyed.sort()).toEqual(namedBy(service));
  });
  it('are of the databases that services write to, and of no other', () => {
    expect(Object.keys(shardKeys).sort()).toEqual(services.flatMap(([, { databases }]) => [...databases]).sort());
  });
  it('begin every unique index but that of _id, as a sharded collection demands', () => {
    const audit = readFileSync('services/compliance/src/audit/keep/audit-log-mongo.ts', 'utf8');
    const unique = globSync('services/*/src/**/*.ts').filter((file) => /unique: true/.test(readFileSync(file, 'utf8')));
    // Each of them is of the audit log, and of a tenant first.
    expect(unique).toEqual(['services/compliance/src/audit/keep/audit-log-mongo.ts']);
    const indexes = [...audit.matchAll(/ensureIndex\(\w+, (\{ tenantId: 1,[^}]*\}|byPlace), \{ unique: true \}\)/g)];
    expect(indexes).toHaveLength(audit.split('unique: true').length - 1);
    expect(audit).toContain('const byPlace = { tenantId: 1, ');
    const { audit: chain, audit_checkpoints: checkpoints } = shardKeys.vox_compliance as Record<string, ShardKey>;
    expect([chain, checkpoints]).toEqual([{ tenantId: 1 }, { tenantId: 1 }]);
  });
  it('stand in docs/scaling-stores.md as the commands that set them', () => {
    const page = readFileSync('docs/scaling-stores.md', 'utf8');
    const written = page.split('\n').filter((line) => line.startsWith('sh.shardCollection('));
    expect(written).toEqual(shardCommands);
  });
});
