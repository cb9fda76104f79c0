import { HttpsUrl } from '@vox/contracts';
import { egress } from '@vox/platform/egress';
import { invalidField } from '@vox/platform/fault';
import { toolPorts } from '@vox/tools';
import type { ListedTool } from '@vox/tools/mcp';
import type { Command } from 'commander';
import { type McpSource, overlooked, pinnedTool, toolsOf } from '../../dialogues/pin-tools.ts';
import type { Operator } from '../../reach/operator.ts';
import { Mistake } from '../../text/sentences.ts';
import { tableOf } from '../../text/table.ts';
import { showTools } from './made-tools.ts';

export type Environment = Readonly<Record<string, string | undefined>>;
type Options = Readonly<{ tool?: readonly string[]; header?: readonly string[]; list: boolean }>;

/** `Authorization: Bearer {{secrets.SHOP_KEY}}` as HTTP writes it. */
function headersIn(written: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    written.map((line) => {
      const [, name, value] = /^([^:\s]+):\s*(\S.*)$/.exec(line) ?? [];
      if (name === undefined || value === undefined)
        throw invalidField('--header', 'must be a name, a colon and a value');
      return [name, value];
    }),
  );
}

function sourceOf(url: string, header: readonly string[], env: Environment): McpSource {
  const read = HttpsUrl.safeParse(url);
  if (!read.success) throw invalidField('<url>', 'must be an https URL without a user');
  const guarded = egress({ ports: toolPorts, allowLoopback: false });
  return { egress: guarded, server: read.data, headers: headersIn(header), secretOf: (name) => env[name] };
}

const shown = ({ name, description }: ListedTool) => ({ tool: name, description });

export function importMcpCommand(parent: Command, operator: Operator, env: Environment): void {
  parent
    .command('mcp <url>')
    .description('Makes descriptors of tools of an MCP server, and pins what the server says of each of them.')
    .option('--tool <name...>', 'a tool, by its name at the server')
    .option(
      '--header <header...>',
      'a header such as "Authorization: Bearer {{secrets.NAME}}", NAME in the environment',
    )
    .action(async (url: string, _own: unknown, command: Command) => {
      // The command above has --list for both, and takes it wherever it stands.
      const { tool, header = [], list } = command.optsWithGlobals<Options>();
      if (tool === undefined && !list)
        throw new Mistake(['tool import mcp needs --tool with the name of a tool; --list shows them']);
      const source = sourceOf(url, header, env);
      const listed = await toolsOf(source);
      if (list) return operator.print(tableOf(listed.map(shown)) ?? '');
      const tools = (tool ?? []).map((name) => pinnedTool(source, listed, name));
      const notes = listed.filter(({ name }) => tool?.includes(name)).flatMap(overlooked);
      await showTools({ tools, notes }, operator);
    });
}
