import { z } from 'zod';

/** What the linter says of a descriptor, finer than its rule: a closed list, for a console to say in its own words. */
export const ToolMistake = z.enum([
  ...(['no-placeholder', 'list-elsewhere', 'unknown-root', 'unknown-argument', 'bad-secret-name'] as const),
  ...(['unknown-session-field', 'too-many-secrets', 'optional-argument-in-path', 'unused-argument'] as const),
  ...(['looks-like-credential', 'credential-in-url', 'drawn-at-random', 'credential-in-query'] as const),
  ...(['secret-in-url', 'user-in-url', 'insecure-url', 'other-port', 'bad-url', 'private-host'] as const),
  ...(['value-in-host', 'forbidden-header', 'body-with-get', 'reserved-name', 'same-name'] as const),
  ...(['schema-not-object', 'schema-too-long', 'other-dialect', 'schema-none-of', 'schema-other-type'] as const),
  ...(['schema-repeats', 'schema-below', 'schema-invalid', 'schema-too-deep', 'reference-outside'] as const),
  ...(['reference-nowhere', 'pattern-too-long', 'pattern-invalid', 'pattern-refers-back'] as const),
  ...(['pattern-looks-around', 'pattern-counts-far', 'pattern-too-large', 'bounds-crossed', 'refuses-all'] as const),
  ...(['no-value-of-type', 'required-refused', 'not-at-top', 'list-of-anything'] as const),
]);
export type ToolMistake = z.infer<typeof ToolMistake>;
