import { readFileSync } from 'node:fs';
import type { Bus } from '@vox/shared/bus';
import {
  CreateWidgetKey,
  EndSession,
  EndSessions,
  ListSessions,
  PutTenant,
  RevokeWidgetKey,
  RotateSigningKey,
  RotateWidgetKey,
  SetTenantStatus,
  ShowTenant,
  VerifyAudit,
} from '@vox/shared/contracts';
import { Fault } from '@vox/shared/fault';
import { Command, InvalidArgumentError } from 'commander';

export type Operator = Readonly<{
  ask: Bus['ask'];
  /** Who acts, for the audit log. */
  actor: string;
  say: (answer: unknown) => void;
}>;

const oneDaySeconds = 86_400;

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('must be a whole number.');
  return Number(text);
}

function draftIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Fault('INVALID_REQUEST', {
      issues: [{ path: file, message: 'must be a file of JSON that can be read' }],
    });
  }
}

/** The `vox` command: what an operator does to tenants, keys, sessions and the audit log. */
export function voxCommand({ ask, actor, say }: Operator): Command {
  const vox = new Command('vox').description('Manages VOX: tenants, widget keys, sessions, the audit log.');

  const tenant = vox.command('tenant').description('tenants and their policies');
  tenant
    .command('put <file>')
    .description('creates a tenant from a JSON file, or gives it a new policy; every mistake is listed')
    .action(async (file: string) => say(await ask(PutTenant, { draft: draftIn(file), actor })));
  tenant
    .command('show <tenant>')
    .description('shows the policy in force')
    .action(async (tenantId: string) => say((await ask(ShowTenant, { tenantId })).policy));
  for (const [verb, status] of [
    ['suspend', 'suspended'],
    ['resume', 'active'],
  ] as const)
    tenant
      .command(`${verb} <tenant>`)
      .description(verb === 'suspend' ? 'refuses new calls and ends those that live' : 'lets calls begin again')
      .action(async (tenantId: string) => say(await ask(SetTenantStatus, { tenantId, status, actor })));

  const key = vox.command('key').description('widget keys');
  key
    .command('create <tenant>')
    .description('creates a key bound to exact origins')
    .requiredOption('--origin <origin...>', 'scheme://host[:port], exactly as a browser sends it')
    .option('--label <label>', 'a word that tells keys apart', 'site')
    .option('--agent <id...>', 'agents that the key may reach; all when left out')
    .action(async (tenantId: string, { origin, label, agent }: { origin: string[]; label: string; agent?: string[] }) =>
      say(await ask(CreateWidgetKey, { tenantId, label, origins: origin, agentIds: agent, actor })),
    );
  key
    .command('rotate <tenant> <key>')
    .description('gives a key a successor; the old one lives on for its grace')
    .option('--grace <seconds>', 'how long the old key still works', wholeNumber, oneDaySeconds)
    .action(async (tenantId: string, widgetKey: string, { grace }: { grace: number }) =>
      say(await ask(RotateWidgetKey, { tenantId, widgetKey, graceSeconds: grace, actor })),
    );
  key
    .command('revoke <tenant> <key>')
    .description('kills a key at once and for ever; calls under it end')
    .action(async (tenantId: string, widgetKey: string) =>
      say(await ask(RevokeWidgetKey, { tenantId, widgetKey, actor })),
    );

  const sessions = vox.command('session').description('calls that live');
  sessions
    .command('list <tenant>')
    .action(async (tenantId: string) => say((await ask(ListSessions, { tenantId })).sessions));
  sessions
    .command('end <tenant> <session>')
    .action(async (tenantId: string, sessionId: string) =>
      say(await ask(EndSession, { tenantId, sessionId, reason: 'admin' })),
    );
  sessions
    .command('end-all <tenant>')
    .description('the kill switch: ends all calls of a tenant, or of one key')
    .option('--key <key>')
    .action(async (tenantId: string, options: { key?: string }) =>
      say(await ask(EndSessions, { tenantId, widgetKey: options.key, actor })),
    );

  vox
    .command('signing-key')
    .command('rotate <use>')
    .description('makes a new key for tokens of one use: widget, session')
    .action(async (use: 'widget' | 'session') => say(await ask(RotateSigningKey, { use, actor })));

  vox
    .command('audit')
    .command('verify <tenant>')
    .description('reads the whole audit log and names the first entry that was changed, lost or moved')
    .action(async (tenantId: string) => {
      const answer = await ask(VerifyAudit, { tenantId }, { timeoutMs: 60_000 });
      say(answer);
      if (answer.broken !== null) process.exitCode = 1;
    });
  return vox;
}
