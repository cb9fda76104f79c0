export type { CallMcp, McpAnswer, RunBuiltIn } from './command/prepare-others.ts';
export { builtInRunner } from './command/run-built-in.ts';
export { type Tools, type ToolsOptions, toolsOf } from './command/tools-of.ts';
export type {
  Json,
  RunTool,
  ShownResult,
  ToolCall,
  ToolEffect,
  ToolOutcome,
  ToolRefusal,
  ToolRefusalCode,
  ToolSession,
} from './decide/outcome.ts';
