import { z } from 'zod';

/** Rules of the descriptor’s linter: what is wrong with a descriptor that its schema cannot say. */
export const ToolRule = z.enum([
  'bad-placeholder',
  'unknown-root',
  'unknown-argument',
  'unknown-session-field',
  'bad-secret-name',
  'too-many-secrets',
  'optional-argument-in-path',
  'unused-argument',
  'hard-coded-secret',
  'insecure-url',
  'bad-url',
  'private-host',
  'argument-in-host',
  'secret-in-url',
  'forbidden-header',
  'body-with-get',
  'reserved-name',
  'same-name',
  'bad-schema',
  'schema-matches-nothing',
  'provider-refuses',
]);
export type ToolRule = z.infer<typeof ToolRule>;
