/**
 * An event of the provider, as far as every reader of it needs. Its fields are what the provider sent: nothing is sure.
 */
export type ProviderEvent = Readonly<{ type: string } & Record<string, unknown>>;

/** Sound that is mirrored on a sideband. It is the most of what comes, and nothing of it is read. */
const sound =
  /^(response\.(output_)?audio\.delta|input_audio_buffer\.append|session\.(input|output)_audio\.(append|delta))$/;
const typeAtStart = /^\s*\{\s*(?:"event_id"\s*:\s*"[^"]*"\s*,\s*)?"type"\s*:\s*"([^"]*)"/;
/** Where the type of an event stands, if it stands at its start. */
const startChars = 200;

/** Reads one event; `undefined` for sound, which is not even parsed, and for what is no event. */
export function readEvent(text: string): ProviderEvent | undefined {
  const early = typeAtStart.exec(text.slice(0, startChars))?.[1];
  if (early !== undefined && sound.test(early)) return undefined;
  try {
    const event: unknown = JSON.parse(text);
    return isEvent(event) && !sound.test(event.type) ? event : undefined;
  } catch {
    return undefined;
  }
}

const isEvent = (value: unknown): value is ProviderEvent =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** A field that may hold fields; none of it when it holds none. */
export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Ids of the provider as we keep them: no longer, or they are not the provider's. */
const idMax = 128;
export const idOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length > 0 && value.length <= idMax ? value : undefined;
