import type { AgentTool, Said, SaidValues, ToolMistake, ToolRule } from '@vox/contracts';

/** What a rule found. `place` is a path in the descriptor. An error keeps the descriptor from being written. */
export type Finding = Readonly<{
  rule: ToolRule;
  level: 'error' | 'warning';
  place: string;
  message: string;
  mistake: ToolMistake;
  values?: SaidValues;
}>;

/** One rule, or several of one subject. */
export type Check = (tool: AgentTool) => readonly Finding[];

export const wrong = (rule: ToolRule, place: string, said: Said<ToolMistake>): Finding => ({
  ...{ rule, level: 'error', place },
  ...said,
});
export const doubtful = (rule: ToolRule, place: string, said: Said<ToolMistake>): Finding => ({
  ...{ rule, level: 'warning', place },
  ...said,
});
