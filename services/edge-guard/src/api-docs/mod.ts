export { serveDocs } from './accept/serve-docs.ts';
export { openApi } from './command/openapi.ts';
