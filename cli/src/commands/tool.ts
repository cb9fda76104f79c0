import { AgentTool } from '@vox/contracts';
import { Fault, invalidField } from '@vox/platform/fault';
import { type Finding, lintTool, sameNames } from '@vox/tools';
import type { Command } from 'commander';
import { z } from 'zod';
import { jsonOf } from '../files/json-file.ts';
import type { Operator } from '../reach/operator.ts';
import { findingLine } from '../text/finding-line.ts';
import { type Environment, importMcpCommand } from './tools/import-mcp.ts';
import { importCommands } from './tools/import-openapi.ts';
import { tryCommand } from './tools/try-tool.ts';

type Placed = Finding & Readonly<{ tool: string }>;

const Tenant = z.object({ agents: z.array(z.object({ agentId: z.string().optional(), tools: z.array(z.json()) })) });

type Described = Readonly<{ at: string; tool: unknown }>;

/** The lists of descriptors in a file: of a tenant, a list for each agent; else one descriptor or a list of them. */
function listsIn(json: unknown): readonly (readonly Described[])[] {
  const tenant = Tenant.safeParse(json);
  if (tenant.success)
    return tenant.data.agents.map(({ agentId, tools }, agent) =>
      tools.map((tool, at) => ({ at: `${agentId ?? `agents.${agent}`}.tools.${at}`, tool })),
    );
  if (Array.isArray(json)) return [json.map((tool, at) => ({ at: `${at}`, tool }))];
  return [[{ at: '', tool: json }]];
}

const joined = (...parts: readonly PropertyKey[]): string => parts.filter((part) => part !== '').join('.');

function readTool(file: string, { at, tool }: Described): AgentTool {
  const read = AgentTool.safeParse(tool);
  if (read.success) return read.data;
  throw new Fault('INVALID_REQUEST', {
    issues: read.error.issues.map(({ path, message }) => ({ path: joined(file, at, ...path), message })),
  });
}

function findingsIn(file: string): readonly Placed[] {
  const lists = listsIn(jsonOf(file));
  if (lists.every((list) => list.length === 0)) throw invalidField(file, 'must hold a tool');
  return lists.flatMap((list) => {
    const tools = list.map((described) => ({ at: described.at, tool: readTool(file, described) }));
    const placed = (n: number, { place, ...rest }: Finding): Placed[] => {
      const { at = '', tool } = tools[n] ?? {};
      return tool === undefined ? [] : [{ tool: tool.name, ...rest, place: joined(at, place) }];
    };
    return [
      ...tools.flatMap(({ tool }, n) => lintTool(tool).flatMap((finding) => placed(n, finding))),
      ...sameNames(tools.map(({ tool }) => tool.name)).flatMap(({ at, finding }) => placed(at, finding)),
    ];
  });
}

export function toolCommands(vox: Command, operator: Operator, _account: unknown, env: Environment): void {
  const { say, print } = operator;
  const tool = vox.command('tool').description('Tools of agents.');
  tool
    .command('lint <file>')
    .description('Says what is wrong with descriptors of tools, or with those of a tenant. Exits 1 if one is refused.')
    .option('--json', 'print JSON with rule, level, place and message of each finding', false)
    .action(async (file: string, { json }: { json: boolean }) => {
      const findings = findingsIn(file);
      if (json) say({ findings });
      else if (findings.length === 0) await print('Nothing is wrong.\n');
      else await print(findings.map(findingLine).join(''));
      if (findings.some(({ level }) => level === 'error')) process.exitCode = 1;
    });
  tryCommand(tool, operator);
  importMcpCommand(importCommands(tool, operator), operator, env);
}
