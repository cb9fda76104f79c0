export type { Finding } from './lint/finding.ts';
export { builtInTools, lintTool, lintTools, sameNames } from './lint/lint.ts';
export { sessionFields } from './lint/placeholders.ts';
export { toolPorts } from './lint/url.ts';
export { canonical } from './mcp/pin.ts';
export { linearPattern, type Spend } from './pattern/linear-pattern.ts';
export { inEachSchema } from './schema-places.ts';
export { type Expanded, expand, type Request, type Values } from './template/expand.ts';
export { hostOf, secretsIn } from './template/secrets-in.ts';
