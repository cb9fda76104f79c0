import { McpTool } from '@vox/contracts';
import type { Egress } from '@vox/platform/egress';
import { Fault, invalidField } from '@vox/platform/fault';
import { expand, secretsIn } from '@vox/tools';
import { toldDescription, toldName } from '@vox/tools/import';
import { type ListedTool, type McpFailure, useMcpServer } from '@vox/tools/mcp';
import { Mistake } from '../text/sentences.ts';

/** An MCP server as it is asked. Its headers may hold `{{secrets.NAME}}`, which `secretOf` knows. */
export type McpSource = Readonly<{
  egress: Pick<Egress, 'send'>;
  server: string;
  headers: Readonly<Record<string, string>>;
  secretOf: (name: string) => string | undefined;
}>;

const wholeMs = 20_000;

/** The tools of a server. Throws Mistake with a sentence on why it cannot be asked. */
export async function toolsOf({ egress, server, headers, secretOf }: McpSource): Promise<readonly ListedTool[]> {
  const secrets = Object.fromEntries(secretsIn(headers).map((name) => [name, known(name, secretOf)]));
  const call = { method: 'POST', urlTemplate: server, headers, timeoutMs: wholeMs, pruneEmpty: false } as const;
  const expanded = expand(call, { args: {}, session: {}, secrets });
  if (expanded.kind === 'unfit') throw new Mistake([`--header: ${expanded.place} ${expanded.why}`]);
  const { request } = expanded;
  const found = await useMcpServer({ egress, url: server, headers: request.headers, wholeMs }, ({ list }) => list());
  if ('kind' in found) throw new Mistake([`the server ${saidOf(found)}`]);
  return found;
}

function known(name: string, secretOf: McpSource['secretOf']): string {
  const value = secretOf(name);
  if (value === undefined || value === '')
    throw new Mistake([`the environment lacks ${name}: its value is needed to ask the server, and is not kept`]);
  return value;
}

const sayings: Readonly<Record<string, string>> = {
  timeout: 'does not answer in time',
  connect: 'cannot be reached',
  unresolved: 'has a name that leads nowhere',
  tls: 'shows no certificate that is believed',
  reset: 'broke the line',
  'too-large': 'says more than is read',
  protocol: 'does not speak MCP by Streamable HTTP',
  asks: 'wants something of us before it answers',
  rejected: 'refuses to list its tools',
};
function saidOf(failure: McpFailure): string {
  if (failure.kind === 'refused') return `may not be called: the ${failure.reason} of its URL is refused`;
  if (failure.reason === 'status') return `answers with the status ${failure.status}`;
  return sayings[failure.reason] ?? `cannot be asked: ${failure.reason}`;
}

/**
 * The descriptor of a tool, with what the server says of it now pinned. Throws Fault INVALID_REQUEST for a tool that is
 * not there or makes no descriptor.
 */
export function pinnedTool({ server, headers }: McpSource, listed: readonly ListedTool[], name: string): McpTool {
  const [found, another] = listed.filter((each) => each.name === name);
  if (found === undefined) throw invalidField('--tool', `“${name}” is no tool of this server; --list shows them`);
  if (another !== undefined) throw invalidField('--tool', `“${name}” is the name of two tools of this server`);
  // Many servers name an older draft. What it means by these keywords is the same, and the linter checks them.
  const { $schema: _, ...parameters } = found.inputSchema;
  const read = McpTool.safeParse({
    ...{ kind: 'mcp_tool', name: toldName(name), description: toldDescription(found.description) },
    ...{ parameters, server, tool: name, headers, pin: found.pin },
  });
  if (read.success) return read.data;
  const issues = read.error.issues.map(({ path, message }) => ({ path: [name, ...path].join('.'), message }));
  throw new Fault('INVALID_REQUEST', { issues });
}

const descriptionMax = 1_024;
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;
const unseenMax = 8;

/** Sentences on what a person would overlook in the words of a server, which the model reads all the same. */
export function overlooked({ name, description, inputSchema }: ListedTool): readonly string[] {
  const texts = [description.replaceAll(/[\t\n\r]/g, ' '), JSON.stringify(inputSchema)].join('');
  const points = new Set([...texts.matchAll(unseen)].map(([char]) => char.codePointAt(0) ?? 0));
  const written = [...points]
    .slice(0, unseenMax)
    .map((point) => `U+${point.toString(16).toUpperCase().padStart(4, '0')}`);
  return [
    ...(description.length > descriptionMax ? [`The description is cut after ${descriptionMax} characters.`] : []),
    ...(written.length > 0 ? [`The server’s words hold characters that nobody sees: ${written.join(', ')}.`] : []),
  ].map((sentence) => `${name}: ${sentence}`);
}
