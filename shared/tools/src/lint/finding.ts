import type { AgentTool, ToolRule } from '@vox/contracts';

/** What a rule found. `place` is a path in the descriptor. An error keeps the descriptor from being written. */
export type Finding = Readonly<{ rule: ToolRule; level: 'error' | 'warning'; place: string; message: string }>;

/** One rule, or several of one subject. */
export type Check = (tool: AgentTool) => readonly Finding[];

export const wrong = (rule: ToolRule, place: string, message: string): Finding => ({
  ...{ rule, level: 'error' },
  ...{ place, message },
});
export const doubtful = (rule: ToolRule, place: string, message: string): Finding => ({
  ...{ rule, level: 'warning' },
  ...{ place, message },
});
