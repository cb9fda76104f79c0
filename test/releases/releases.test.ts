import { globSync, readFileSync } from 'node:fs';
import { decodeFact, type Fact } from '@vox/contracts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { factsOf, kindsNow } from './samples.fixture.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const releases = globSync('test/releases/facts-*.ndjson').map((file) => {
  const release = /facts-(.*)\.ndjson$/.exec(file)?.[1] ?? '';
  const facts = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Fact);
  const schemas = JSON.parse(readFileSync(`test/releases/schemas-${release}.json`, 'utf8')) as Record<string, object>;
  return { release, facts, schemas };
});
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
const bytesOf = (fact: Fact): Uint8Array => new TextEncoder().encode(JSON.stringify(fact));

describe('the record of releases', () => {
  it('holds this version, and of each version facts of every kind that it knew', () => {
    expect(releases.map(({ release }) => release)).toContain(version);
    for (const { facts, schemas } of releases)
      expect([...new Set(facts.map(({ type }) => type))].sort()).toEqual(Object.keys(schemas).sort());
  });
});

describe.each(releases)('the facts of version $release', ({ facts, schemas }) => {
  // While versions change, facts of the old one come to consumers of the new one.
  it('are understood by this version, each to the same meaning', () => {
    for (const recorded of facts) {
      const kind = kindsNow.get(recorded.type);
      expect(kind, recorded.type).toBeDefined();
      expect(decodeFact(kind === undefined ? [] : [kind], bytesOf(recorded)).fact).toMatchObject(recorded);
    }
  });
  // And the other way round: an old consumer hears what a new copy publishes.
  it.each(Object.keys(schemas))('of kind %s are still published so that its consumers understand them', (type) => {
    const kind = kindsNow.get(type);
    if (kind === undefined) throw new Error(`${type} is gone: consumers of that version wait for it`);
    const isUnderstood = ajv.compile(schemas[type] ?? false);
    const now = factsOf(kind, 60);
    expect(now.length).toBeGreaterThan(10);
    for (const { data } of now) expect(isUnderstood(data) || isUnderstood.errors).toBe(true);
  });
});
