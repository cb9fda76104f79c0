import { fieldsOf, type ProviderEvent, textOf } from '../watch/mod.ts';

/**
 * How far a typed turn came: its words are on their way into the conversation, an answer to them is asked for, that is
 * put off until another answer is over, it is done, or the provider did not take the words.
 */
export type TypedTurn = Readonly<{ itemId: string; stage: 'placing' | 'asking' | 'waiting' | 'done' | 'refused' }>;
export type TypedStep = Readonly<{ turn: TypedTurn; sends: readonly object[] }>;

const ask = { type: 'response.create' };
const placedBy = new Set(['conversation.item.added', 'conversation.item.created']);

/**
 * Typed words interrupt the agent as spoken ones do. Where it says nothing the provider refuses the first event, and
 * the session stays as it is (Realtime API, response.cancel).
 */
export const begunTurn = (itemId: string, text: string): TypedStep => ({
  turn: { itemId, stage: 'placing' },
  sends: [
    { type: 'response.cancel' },
    { type: 'output_audio_buffer.clear' },
    {
      ...{ type: 'conversation.item.create', event_id: itemId },
      item: { id: itemId, type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
    },
  ],
});

/**
 * What an event of the provider makes of it. An answer is asked for once the words stand in the conversation. A
 * provider that still gives another answer refuses to begin this one, and is asked again when that is over.
 */
export function afterEvent(turn: TypedTurn, event: ProviderEvent): TypedStep {
  const { itemId, stage } = turn;
  const to = (next: TypedTurn['stage'], ...sends: object[]): TypedStep => ({ turn: { itemId, stage: next }, sends });
  const isPlaced = placedBy.has(event.type) && fieldsOf(event.item).id === itemId;
  const { event_id: of, code } = fieldsOf(event.error);
  if (stage === 'placing' && isPlaced) return to('asking', { ...ask, event_id: answerId(itemId) });
  if (stage === 'placing' && event.type === 'error' && of === itemId) return to('refused');
  if (stage === 'waiting' && event.type === 'response.done')
    return to('asking', { ...ask, event_id: answerId(itemId) });
  if (stage !== 'asking') return { turn, sends: [] };
  if (event.type === 'response.created') return to('done');
  const isBusy = textOf(code) === 'conversation_already_has_active_response';
  if (event.type === 'error' && isBusy) return to('waiting');
  // The words stand in the conversation: what the agent makes of them is its own.
  return event.type === 'error' && of === answerId(itemId) ? to('done') : { turn, sends: [] };
}

const answerId = (itemId: string): string => `${itemId}-answer`;

/** Whether the words stand in the conversation, whatever becomes of the answer. */
export const isSaid = ({ stage }: TypedTurn): boolean => stage !== 'placing' && stage !== 'refused';
export const isOver = ({ stage }: TypedTurn): boolean => stage === 'done' || stage === 'refused';
