import { type ProviderCount, readUsage, type TokenUsage } from '@vox/contracts';
import { fieldsOf, idOf, type ProviderEvent, textOf } from './event.ts';

/** What a usage says was used; `undefined` when it says nothing. */
function usageOf(given: unknown, status?: string): TokenUsage | undefined {
  const { usage } = readUsage(given, status);
  return Object.values(usage).some((count = 0) => count > 0) ? usage : undefined;
}

/** Each part of an utterance is billed apart. */
const partOf = ({ item_id, content_index }: ProviderEvent): string | undefined =>
  Number(content_index) > 0 ? idOf(`${String(item_id)}.${Number(content_index)}`) : idOf(item_id);

/**
 * What an event says that the provider counted, if it says so. `transcriptionModel` is what writes the visitor down.
 */
export function countedBy(event: ProviderEvent, transcriptionModel: string): ProviderCount | undefined {
  switch (event.type) {
    case 'response.done': {
      const response = fieldsOf(event.response);
      const [responseId, usage] = [idOf(response.id), usageOf(response.usage, textOf(response.status))];
      return responseId === undefined || usage === undefined ? undefined : { kind: 'response', responseId, usage };
    }
    case 'conversation.item.input_audio_transcription.completed': {
      const [itemId, usage] = [partOf(event), usageOf(event.usage)];
      if (itemId === undefined || usage === undefined) return undefined;
      return { kind: 'transcription', itemId, model: transcriptionModel, usage };
    }
    case 'session.usage.updated':
    case 'session.closed': {
      const seconds = usageOf(event.usage)?.seconds;
      return seconds === undefined ? undefined : { kind: 'seconds', seconds };
    }
  }
  return undefined;
}
