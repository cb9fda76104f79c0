export { exampleOf } from './example-of.ts';
export { jsonSchemaOf } from './json-schema.ts';
