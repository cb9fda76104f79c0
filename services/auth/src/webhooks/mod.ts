export { resealWebhookSecrets } from './command/reseal-webhook-secrets.ts';
export { webhookSecretKeys } from './command/webhook-secret-keys.ts';
