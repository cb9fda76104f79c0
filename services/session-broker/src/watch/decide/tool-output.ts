/** What the agent is told in place of an answer, in words that it can speak about. Nothing of what broke is in them. */
export const refusalOutput = (reason: string): string => JSON.stringify({ ok: false, reason });

export const tooManyOutput = refusalOutput(
  'Too much is being done at once. Wait for the other answers, then ask again.',
);
export const noSuchOutput = refusalOutput('There is no such tool.');
export const goneOutput = refusalOutput('This cannot be reached just now. Say so, and go on without it.');

/** The event that gives the agent the output of a function (Realtime API, conversation.item.create). */
export const outputEvent = (useId: string, output: string): object => ({
  type: 'conversation.item.create',
  item: { type: 'function_call_output', call_id: useId, output },
});
