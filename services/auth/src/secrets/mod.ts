export { workingSecrets } from './command/working-secrets.ts';
