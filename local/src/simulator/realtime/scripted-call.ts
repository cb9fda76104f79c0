import { z } from 'zod';
import { type Event, made, newId } from '../calls/protocol.ts';
import { responseUsage, type TurnUsage } from './usage.ts';

/** A function that the agent calls when the visitor says certain words, and what it says once it has the output. */
export const ScriptedCall = z.object({
  on: z.string().min(1).describe('words of the visitor; upper and lower case are the same'),
  name: z.string().min(1),
  arguments: z.record(z.string(), z.json()).default({}),
  says: z.string().min(1),
});
export type ScriptedCall = z.infer<typeof ScriptedCall>;

/** The call that words lead to, if the session has its function. */
export const callOn = (calls: readonly ScriptedCall[], words: string, tools: unknown): ScriptedCall | undefined =>
  calls.find(
    ({ on, name }) =>
      words.toLowerCase().includes(on.toLowerCase()) &&
      Array.isArray(tools) &&
      tools.some((tool: { name?: unknown } | null) => tool?.name === name),
  );

/** What the agent says of an output: of a refusal its reason, for that is meant to be spoken about. */
export function saidOf({ says }: Pick<ScriptedCall, 'says'>, output: unknown): string {
  try {
    const { ok, reason } = JSON.parse(String(output)) as { ok?: unknown; reason?: unknown };
    return ok === false && typeof reason === 'string' ? reason : says;
  } catch {
    return says;
  }
}

/** The events of an answer that is one function call, in the provider's order. */
export function eventsOfCall(call: ScriptedCall, usage: TurnUsage): readonly Event[] {
  const [responseId, itemId, callId] = [newId('resp'), newId('item'), newId('call')];
  const args = JSON.stringify(call.arguments);
  const item = { id: itemId, object: 'realtime.item', type: 'function_call', call_id: callId, name: call.name };
  const begun = { ...item, status: 'in_progress', arguments: '' };
  const whole = { ...item, status: 'completed', arguments: args };
  const at = { response_id: responseId, output_index: 0 };
  const response = { id: responseId, object: 'realtime.response' };
  return [
    made('response.created', { response: { ...response, status: 'in_progress' } }),
    made('response.output_item.added', { ...at, item: begun }),
    made('conversation.item.added', { previous_item_id: null, item: begun }),
    made('response.function_call_arguments.delta', { ...at, item_id: itemId, call_id: callId, delta: args }),
    made('response.function_call_arguments.done', { ...at, item_id: itemId, call_id: callId, arguments: args }),
    made('response.output_item.done', { ...at, item: whole }),
    made('conversation.item.done', { previous_item_id: null, item: whole }),
    made('response.done', {
      response: { ...response, status: 'completed', output: [whole], usage: responseUsage(usage) },
    }),
  ];
}
