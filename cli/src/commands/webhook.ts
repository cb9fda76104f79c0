import {
  CreateWebhook,
  ListWebhookDeliveries,
  ListWebhooks,
  PingWebhook,
  RemoveWebhook,
  ReplayWebhook,
  RotateWebhookSecret,
  UpdateWebhook,
  WebhookDeliveryState,
  WebhookEventType,
} from '@vox/contracts';
import { invalidField } from '@vox/platform/fault';
import { type Command, Option } from 'commander';
import { moment, wholeNumber } from '../options/arguments.ts';
import { actingBy, type ReasonOption, withReason } from '../options/reason.ts';
import type { Operator } from '../reach/operator.ts';

const oneDaySeconds = 86_400;
const events = () => new Option('--event <event...>', 'what the endpoint is told of').choices(WebhookEventType.options);

type Written = Readonly<{ url?: string; event?: WebhookEventType[]; description?: string }>;

export function webhookCommands(vox: Command, operator: Operator): void {
  const webhook = vox
    .command('webhook')
    .description('Manages the endpoints that a tenant is told at, and what they got.');
  endpointCommands(webhook, operator);
  deliveryCommands(webhook, operator);
}

function endpointCommands(webhook: Command, operator: Operator): void {
  const { ask, say } = operator;
  webhook
    .command('list <tenant>')
    .description('Lists the endpoints of a tenant.')
    .action(async (tenantId: string) => say((await ask(ListWebhooks, { tenantId })).endpoints));
  withReason(webhook.command('create <tenant>'))
    .description('Makes an endpoint. Its secret is shown this once.')
    .requiredOption('--url <url>', 'https, of a host of the public internet')
    .addOption(events().makeOptionMandatory())
    .option('--description <text>', 'what it is for')
    .action(async (tenantId: string, given: ReasonOption & Written & { url: string; event: WebhookEventType[] }) => {
      const { url, event: types, description, ...why } = given;
      say(await ask(CreateWebhook, { tenantId, url, types, description, ...actingBy(operator, why) }));
    });
  withReason(webhook.command('update <tenant> <endpoint>'))
    .description('Changes an endpoint. What is left out stays.')
    .option('--url <url>', 'where it is from now on')
    .addOption(events())
    .option('--description <text>', 'what it is for')
    .addOption(new Option('--status <status>', 'whether it is told').choices(['enabled', 'disabled']))
    .action(
      async (
        tenantId: string,
        endpointId: string,
        given: ReasonOption & Written & { status?: 'enabled' | 'disabled' },
      ) => {
        const { url, event: types, description, status, ...why } = given;
        const changes = { url, types, description, status };
        say(await ask(UpdateWebhook, { tenantId, endpointId, ...changes, ...actingBy(operator, why) }));
      },
    );
  withReason(webhook.command('rotate-secret <tenant> <endpoint>'))
    .description('Gives an endpoint a new secret. Messages bear both signatures until the grace is over.')
    .option('--grace <seconds>', 'how long the old secret still signs', wholeNumber, oneDaySeconds)
    .action(async (tenantId: string, endpointId: string, { grace, ...why }: ReasonOption & { grace: number }) =>
      say(await ask(RotateWebhookSecret, { tenantId, endpointId, graceSeconds: grace, ...actingBy(operator, why) })),
    );
  withReason(webhook.command('remove <tenant> <endpoint>'))
    .description('Removes an endpoint, what waits for it and its dead letters.')
    .action(async (tenantId: string, endpointId: string, why: ReasonOption) =>
      say(await ask(RemoveWebhook, { tenantId, endpointId, ...actingBy(operator, why) })),
    );
}

type ListOptions = Readonly<{ state?: WebhookDeliveryState; after?: string; limit: number }>;
type ReplayOptions = Readonly<{ delivery?: string; since?: string; delivered?: true; after?: string }>;

function deliveryCommands(webhook: Command, operator: Operator): void {
  const { ask, say } = operator;
  webhook
    .command('deliveries <tenant> <endpoint>')
    .description('Lists what was sent, waits or was given up, newest first.')
    .addOption(new Option('--state <state>', 'those in this state alone').choices(WebhookDeliveryState.options))
    .option('--after <delivery>', 'goes on behind this delivery')
    .option('--limit <number>', 'so many at most', wholeNumber, 50)
    .action(async (tenantId: string, endpointId: string, options: ListOptions) =>
      say(await ask(ListWebhookDeliveries, { tenantId, endpointId, ...options })),
    );
  withReason(webhook.command('replay <tenant> <endpoint>'))
    .description('Sends one delivery again, or all that were given up since a moment.')
    .option('--delivery <id>', 'this one, whatever became of it')
    .option('--since <moment>', 'all of events since then', moment)
    .option('--delivered', 'with --since: those too that arrived')
    .option('--after <delivery>', 'with --since: goes on behind this delivery')
    .action(async (tenantId: string, endpointId: string, { reason, ...given }: ReplayOptions & { reason?: string }) => {
      const by = actingBy(operator, reason === undefined ? {} : { reason });
      say(await ask(ReplayWebhook, { tenantId, endpointId, what: whatToReplay(given), ...by }));
    });
  withReason(webhook.command('ping <tenant> <endpoint>'))
    .description('Sends a test. The list of deliveries shows how that went.')
    .action(async (tenantId: string, endpointId: string, why: ReasonOption) =>
      say(await ask(PingWebhook, { tenantId, endpointId, ...actingBy(operator, why) })),
    );
}

function whatToReplay({ delivery, since, delivered, after }: ReplayOptions) {
  if ((delivery === undefined) === (since === undefined))
    throw invalidField('webhook replay', 'needs one of: --delivery, --since');
  return delivery === undefined ? { since: since ?? '', delivered, after } : { deliveryId: delivery };
}
