export { builtInRunner, builtInTools, type RunBuiltIn } from './command/run-built-in.ts';
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
  ToolVia,
} from './decide/outcome.ts';
