import { AgentTool } from '@vox/contracts';
import { lintTools } from '@vox/tools';
import type { Table } from '../table.ts';

const seconds = 2;
const aimPerSecond = 1_000;

/** A descriptor that sends so many arguments, each in a path, a header or a body. */
function descriptor(n: number, argumentCount: number): object {
  const names = Array.from({ length: argumentCount }, (_, at) => `argument_${at}`);
  const described = names.map((name) => [
    name,
    { type: 'string', pattern: '^[A-Z]{2}[0-9]{6}$', maxLength: 64, description: `The ${name} that the visitor said.` },
  ]);
  return {
    ...{ kind: 'http_tool', name: `find_${n}`, description: 'Finds an order by what the visitor says of it.' },
    parameters: { type: 'object', properties: Object.fromEntries(described), required: names },
    http: {
      ...{ method: 'POST', urlTemplate: 'https://api.shop.com/orders/{{args.argument_0}}', pruneEmpty: true },
      headers: { Authorization: 'Bearer {{secrets.SHOP_KEY}}', 'X-Call': '{{session.callId}}' },
      jsonBodyTemplate: { lines: names.map((name) => ({ name, value: `{{args.${name}}}`, said: `by ${name}` })) },
    },
  };
}

/** Descriptors a second, in lists as agents have them, again and again. */
function perSecond(agents: readonly string[], each: (tools: readonly AgentTool[]) => void): number {
  const once = (): void => {
    for (const agent of agents) each((JSON.parse(agent) as unknown[]).map((tool) => AgentTool.parse(tool)));
  };
  once();
  const start = performance.now();
  let rounds = 0;
  while (performance.now() - start < seconds * 1_000) [rounds] = [rounds + 1, once()];
  const descriptors = agents.reduce((sum, agent) => sum + (JSON.parse(agent) as unknown[]).length, 0);
  return (descriptors * rounds) / ((performance.now() - start) / 1_000);
}

export const toolLint: Table = {
  name: 'tool-lint',
  title: 'The linter of tools: descriptors a second, read and linted as when a tenant is put',
  measure: async (_servers, report) => {
    for (const argumentCount of [2, 12]) {
      const tools = Array.from({ length: 32 }, (_, n) => descriptor(n, argumentCount));
      if (lintTools(tools.map((tool) => AgentTool.parse(tool))).length > 0) throw new RangeError('a tool is not sound');
      const agents = Array.from({ length: 4 }, () => JSON.stringify(tools));
      const ours = perSecond(agents, (read) => void lintTools(read));
      const bare = perSecond(agents, () => undefined);
      report({
        ...{ path: `tools of ${argumentCount} arguments`, floor: 'the same descriptors read, and not linted' },
        ...{ ratio: ours / bare, perSecond: ours, floorPerSecond: bare, aimPerSecond },
      });
    }
  },
};
