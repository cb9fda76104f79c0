export {
  type RemoveAgentSetDependencies,
  removeAgentSet,
  type WithdrawAgentSetDependencies,
  withdrawAgentSet,
} from './command/drop-agent-set.ts';
export { type FindSentAgentsDependencies, findSentAgents } from './command/find-sent-agents.ts';
export { type KeepAgentDependencies, keepAgent } from './command/keep-agent.ts';
export { type PublishAgentsDependencies, publishAgents } from './command/publish-agents.ts';
export { type ShowAgentDependencies, showAgent } from './command/show-agent.ts';
export type { AgentSet } from './decide.ts';
export { lenient } from './keep/lenient.ts';
