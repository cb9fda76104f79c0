import { readFileSync, writeFileSync } from 'node:fs';
import { factsOf, kindsNow, schemaOf } from './samples.fixture.ts';

/** Enough that each way of writing a kind is among them. */
const ofEachKind = 8;

/**
 * Records what this version says and what it understands: facts of every kind, and the schemas of its consumers. Run
 * once when a version is made; a record is never written again.
 */
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const lines = [...kindsNow.values()].flatMap((kind) => factsOf(kind, ofEachKind).map((fact) => JSON.stringify(fact)));
const schemas = Object.fromEntries([...kindsNow].map(([type, kind]) => [type, schemaOf(kind)]));
const once = { flag: 'wx' } as const;
writeFileSync(`test/releases/facts-${version}.ndjson`, `${lines.join('\n')}\n`, once);
writeFileSync(`test/releases/schemas-${version}.json`, `${JSON.stringify(schemas)}\n`, once);
