const tried = ['tool', 'try', 'demo', 'guide'];

/** Command lines of `vox tool try` with a mistake in each. At `nowhere` there is no file. */
export const toolTryMistakes = (nowhere: string): readonly (readonly [readonly string[], RegExp])[] => [
  [['tool', 'try', 'demo', 'guide'], /^<tool> is missing\.$/],
  [['tool', 'try', 'nobody', 'guide', 'find_order'], /^there is no tenant nobody\.$/],
  [['tool', 'try', 'demo', 'nobody', 'find_order'], /^the agent is no agent of this tenant\.$/],
  [[...tried, 'find_order'], /^the name is no tool of this agent\.$/],
  [[...tried, 'find order'], /^the name must be 1 to 64 letters, digits, _ or -\.$/],
  [[...tried, 'find_order', '--args', nowhere], /no-value does not exist\.$/],
];
