import { TryTool, toolTimeoutMsMax } from '@vox/contracts';
import type { Command } from 'commander';
import { jsonOf } from '../../files/json-file.ts';
import { actingBy, type ReasonOption, withReason } from '../../options/reason.ts';
import type { Operator } from '../../reach/operator.ts';

/** Longer than any tool may take, with what stands around it. */
const timeoutMs = toolTimeoutMsMax + 8_000;

type Json = ReturnType<typeof TryTool.request.parse>['args'];

/** `vox tool try`: what a tool is asked with comes from a file, so that no shell keeps it. */
export function tryCommand(tool: Command, operator: Operator): void {
  const { ask, say } = operator;
  withReason(tool.command('try <tenant> <agent> <tool>'))
    .description('Runs a tool of an agent for real, outside of any call, and shows what it answers. Exits 1 if not ok.')
    .option('--args <file>', 'a JSON file with its arguments; without it, it has none')
    .action(
      async (tenantId: string, agentId: string, name: string, given: ReasonOption & Readonly<{ args?: string }>) => {
        const { args: file, ...why } = given;
        const args = file === undefined ? {} : (jsonOf(file) as Json);
        const tried = await ask(TryTool, { tenantId, agentId, name, args, ...actingBy(operator, why) }, { timeoutMs });
        say(tried);
        if (!tried.ok) process.exitCode = 1;
      },
    );
}
