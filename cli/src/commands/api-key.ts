import {
  CreateApiKey,
  KeyEnvironment,
  ListApiKeys,
  RevokeApiKey,
  RotateApiKey,
  type Scope,
  scopes,
} from '@vox/contracts';
import { type Command, Option } from 'commander';
import { moment, wholeNumber } from '../options/arguments.ts';
import { actingBy, type ReasonOption, withReason } from '../options/reason.ts';
import type { Operator } from '../reach/operator.ts';

const oneDaySeconds = 86_400;

type NewKeyOptions = ReasonOption & Readonly<{ expires?: string; publicKey?: string }>;
type CreateOptions = NewKeyOptions &
  Readonly<{ label: string; env: KeyEnvironmentName; scope: Scope[]; network?: string[] }>;
type KeyEnvironmentName = (typeof KeyEnvironment.options)[number];

/** What an answer with secrets is shown with: nothing shows them again. */
const shownOnce = 'Keep what is shown: nothing shows it again.';

const withNewHalf = (command: Command): Command =>
  withReason(command)
    .option('--expires <moment>', 'when the new key dies; without it, never', moment)
    .option('--public-key <key>', 'an Ed25519 public key, base64url; without it, a signing secret is made');

export function apiKeyCommands(vox: Command, operator: Operator): void {
  const { ask, say } = operator;
  const keys = vox.command('api-key').description('Lists, creates, rotates and revokes API keys of machines.');
  keys
    .command('list <tenant>')
    .description('Lists the API keys of a tenant, with those that are dead.')
    .action(async (tenantId: string) => say(await ask(ListApiKeys, { tenantId })));
  withNewHalf(keys.command('create <tenant>'))
    .description(`Creates an API key and its signing secret. ${shownOnce}`)
    .addOption(new Option('--scope <scope...>', 'what the key may do').choices(scopes).makeOptionMandatory())
    .addOption(new Option('--env <env>', 'what the key is for').choices(KeyEnvironment.options).default('production'))
    .option('--label <label>', 'what the key is called in lists', 'machine')
    .option('--network <cidr...>', 'where its requests come from; without it, anywhere')
    .action(async (tenantId: string, { label, env, scope, network, expires, publicKey, ...why }: CreateOptions) =>
      say(
        await ask(CreateApiKey, {
          ...{ tenantId, label, env, scopes: scope, networks: network, expiresAt: expires, publicKey },
          ...actingBy(operator, why),
        }),
      ),
    );
  withNewHalf(keys.command('rotate <tenant> <key-id>'))
    .description(`Gives an API key a successor. The old key works until its grace is over. ${shownOnce}`)
    .option('--grace <seconds>', 'how long the old key still works', wholeNumber, oneDaySeconds)
    .action(
      async (
        tenantId: string,
        keyId: string,
        { grace, expires, publicKey, ...why }: NewKeyOptions & { grace: number },
      ) => {
        const half = { graceSeconds: grace, expiresAt: expires, publicKey };
        say(await ask(RotateApiKey, { tenantId, keyId, ...half, ...actingBy(operator, why) }));
      },
    );
  withReason(keys.command('revoke <tenant> <key-id>'))
    .description('Revokes an API key at once and for ever.')
    .action(async (tenantId: string, keyId: string, why: ReasonOption) =>
      say(await ask(RevokeApiKey, { tenantId, keyId, ...actingBy(operator, why) })),
    );
}
