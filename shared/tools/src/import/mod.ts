export { type OpenApi, openApiOf, Untranslatable } from './document.ts';
export { type Imported, type ImportOptions, importOperation } from './import-operation.ts';
export { type Operation, operationsOf } from './operations.ts';
export { toldDescription, toldName } from './told-text.ts';
