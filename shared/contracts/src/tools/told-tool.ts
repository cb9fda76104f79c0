import type { AgentTool } from './agent-tool.ts';
import type { BuiltInName, BuiltInTool } from './built-in-tool.ts';

/** A tool as the provider is told of it. */
export type ToldTool = Readonly<{
  type: 'function';
  name: string;
  description: string;
  parameters: AgentToolParameters;
}>;
type AgentToolParameters = Extract<AgentTool, { type: 'function' }>['parameters'];

const builtInDescriptions: Readonly<Record<BuiltInName, string>> = {
  end_call: 'Ends the call. Use it once the visitor has said goodbye or wishes to end the call.',
  transfer_to_link:
    'Shows the visitor a link to a page of its own, and says nothing of what stands there. Use it for payments and ' +
    'for whatever the visitor should not say aloud, such as the number of a card.',
  collect_consent: 'Asks the visitor on the page for its consent. Say first what it is asked for.',
};

/** A schema that only an object without members meets. */
const noArguments: AgentToolParameters = Object.freeze({
  type: 'object',
  properties: Object.freeze({}),
  additionalProperties: false,
});

const ofBuiltIn = (tool: BuiltInTool): ToldTool => ({
  type: 'function',
  name: tool.name,
  description: tool.description ?? builtInDescriptions[tool.name],
  parameters: (tool.name === 'transfer_to_link' ? tool.parameters : undefined) ?? noArguments,
});

/**
 * What the provider is told of a tool: that there is a function of this name, what it is for and what it takes. How it
 * is run stays with us: neither addresses nor headers nor names of secrets leave.
 */
export const toldTool = (tool: AgentTool): ToldTool =>
  tool.kind === 'built_in'
    ? ofBuiltIn(tool)
    : { type: 'function', name: tool.name, description: tool.description, parameters: tool.parameters };
