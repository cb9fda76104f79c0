import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { schemasOfCrd, schemasOfSwagger } from './json-schemas.ts';

// Writes the schemas that kubeconform reads: FOLDER SWAGGER CRD…
const [folder = '', swagger = '', ...crds] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const made = [
  schemasOfSwagger(JSON.parse(readFileSync(swagger, 'utf8'))),
  ...crds.map((path) => schemasOfCrd(parse(readFileSync(path, 'utf8')))),
];
for (const schemas of made)
  for (const [name, schema] of schemas) writeFileSync(join(folder, name), JSON.stringify(schema));
