import { VerifyAudit } from '@vox/shared/contracts';
import type { Command } from 'commander';
import type { Operator } from '../operator.ts';

export function auditCommands(vox: Command, { ask, say }: Operator): void {
  vox
    .command('audit')
    .command('verify <tenant>')
    .description('reads the whole audit log and names the first entry that was changed, lost or moved')
    .action(async (tenantId: string) => {
      const answer = await ask(VerifyAudit, { tenantId }, { timeoutMs: 60_000 });
      say(answer);
      if (answer.broken !== null) process.exitCode = 1;
    });
}
