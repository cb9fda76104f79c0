export { type ListedTool, type McpCall, type OpenMcpServer, useMcpServer } from './client.ts';
export type { McpFailure, McpFailureReason, McpServer } from './line.ts';
export { pinOf } from './pin.ts';
export type { Json, McpResult } from './result.ts';
