export { webhookSecretKeys } from './command/webhook-secret-keys.ts';
