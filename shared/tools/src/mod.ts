export type { Finding } from './lint/finding.ts';
export { builtInTools, lintTool, lintTools, sameNames } from './lint/lint.ts';
export { sessionFields } from './lint/placeholders.ts';
export { toolPorts } from './lint/url.ts';
export { type Expanded, expand, type Request, type Values } from './template/expand.ts';
export { hostOf, secretsIn } from './template/secrets-in.ts';
