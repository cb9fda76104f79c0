export { secretNames } from './command/secret-names.ts';
export { workingSecrets } from './command/working-secrets.ts';
