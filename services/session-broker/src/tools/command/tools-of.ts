import { randomUUID } from 'node:crypto';
import type { Bus } from '@vox/platform/bus';
import { toolUses as counted } from '@vox/platform/telemetry';
import type { RunTool } from '../decide/outcome.ts';
import type { TryTool } from '../decide/tool-try.ts';
import type { ToolMinuteDocuments } from '../keep/tool-minutes.ts';
import type { ToolUses } from '../keep/tool-uses.ts';
import { secretBorrower } from '../publish/borrow-secrets.ts';
import { mcpCaller } from '../publish/call-mcp.ts';
import { costHolder } from '../publish/hold-cost.ts';
import { keepBorrowed } from '../publish/keep-borrowed.ts';
import type { ToolBounds } from './begin-use.ts';
import { argumentChecker } from './check-arguments.ts';
import { forgetAnswers } from './forget-answers.ts';
import { namedOnSpan } from './observe-use.ts';
import { type HttpToolDependencies, httpPreparer } from './prepare-http.ts';
import { builtInPreparer, type CallMcp, mcpPreparer, type RunBuiltIn } from './prepare-others.ts';
import { type RunToolDependencies, toolRunner } from './run-tool.ts';

import { sweepUses } from './sweep-uses.ts';
import { toolTrier } from './try-tool.ts';
import type { Repeat } from './watch-end.ts';

export type ToolsOptions = Pick<RunToolDependencies, 'sessions' | 'policies' | 'readAgent' | 'redactor'> &
  Pick<RunToolDependencies, 'sealKey' | 'markKey' | 'clock' | 'log'> &
  Pick<HttpToolDependencies, 'toolEgress'> &
  Readonly<{
    bus: Pick<Bus, 'ask' | 'publish'>;
    toolUses: ToolUses;
    toolMinutes: ToolMinuteDocuments;
    toolBounds?: ToolBounds;
    /** Calls tools of MCP servers, if not as it is done for real. */
    callMcp?: CallMcp;
    /** Runs tools that VOX has itself. Without it they are refused. */
    runBuiltIn?: RunBuiltIn;
    /** How often a use that is under way looks whether its call goes on. */
    repeat?: Repeat;
  }>;

/** The tools of agents. */
export type Tools = Readonly<{
  runTool: RunTool;
  tryTool: TryTool;
  forgetAnswers: (person: Readonly<{ tenantId: string; sessionIds: readonly string[] }>) => Promise<void>;
  /** Tells what a crash left untold, and forgets what is over. */
  sweep: () => Promise<void>;
}>;

const standardBounds: ToolBounds = { perSession: 100, perMinute: 600 };

/** Wires what tools are run with. */
export function toolsOf(options: ToolsOptions): Tools {
  const { bus, clock, toolEgress, runBuiltIn, toolBounds = standardBounds } = options;
  const { callMcp = mcpCaller({ egress: toolEgress, clock }) } = options;
  const borrowSecrets = keepBorrowed(secretBorrower(bus), clock);
  const shared = {
    ...{ ...options, toolBounds, checkArguments: namedOnSpan(argumentChecker()) },
    preparations: {
      http_tool: httpPreparer({ toolEgress, borrowSecrets }),
      mcp_tool: mcpPreparer(callMcp, borrowSecrets),
      built_in: builtInPreparer(runBuiltIn),
    },
  };
  const audit = { bus, clock, source: 'session-broker', knows: () => true };
  // A counter is shown from the start, so that its first step is seen.
  for (const via of ['browser', 'provider', 'try']) counted.add(0, { via, outcome: 'ok', reason: '' });
  return {
    runTool: toolRunner({ ...shared, holdCost: costHolder(bus) }),
    tryTool: toolTrier({ ...shared, audit, tryId: randomUUID }),
    forgetAnswers: (person) => forgetAnswers(options, person),
    sweep: () => sweepUses(options),
  };
}
