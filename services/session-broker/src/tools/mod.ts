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
