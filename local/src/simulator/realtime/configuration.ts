import type { Session } from './secrets.ts';

/** What a call goes by: everything that `session.created` and `session.updated` show. */
export type Configuration = Readonly<Record<string, unknown>>;
export type Refused = Readonly<{ code: string; message: string; param: string }>;

const fields = new Set([
  ...['type', 'model', 'audio', 'include', 'instructions', 'max_output_tokens', 'output_modalities'],
  ...['parallel_tool_calls', 'prompt', 'reasoning', 'tool_choice', 'tools', 'tracing', 'truncation'],
]);
const pcm = { type: 'audio/pcm', rate: 24_000 };
const usualAudio = {
  input: {
    format: pcm,
    transcription: null,
    noise_reduction: null,
    turn_detection: {
      type: 'server_vad',
      threshold: 0.5,
      prefix_padding_ms: 300,
      silence_duration_ms: 500,
      idle_timeout_ms: null,
      create_response: true,
      interrupt_response: true,
    },
  },
  output: { format: pcm, voice: 'alloy', speed: 1 },
};
const usual = {
  output_modalities: ['audio'],
  instructions: 'You are a helpful assistant.',
  tools: [],
  tool_choice: 'auto',
  max_output_tokens: 'inf',
  tracing: null,
  prompt: null,
  truncation: 'auto',
  include: null,
};

/** The effective configuration of a call, with the provider's defaults. */
export const configurationOf = (session: Session, id: string, expiresAt: number): Configuration => ({
  ...usual,
  ...session,
  object: 'realtime.session',
  id,
  expires_at: expiresAt,
  audio: withAudio(usualAudio, session.audio),
});

/** The configuration after a `session.update`: what it does not name stays as it is. */
export const updated = (configuration: Configuration, update: Configuration): Configuration => ({
  ...configuration,
  ...update,
  audio: withAudio(configuration.audio, update.audio),
});

/** Why the provider does not take an update, if so. `spoke` is whether the agent has said something. */
export function refusedUpdate(
  configuration: Configuration,
  update: Configuration,
  spoke: boolean,
): Refused | undefined {
  const strange = unknownField(update);
  if (strange !== undefined) return strange;
  if (update.type !== 'realtime') return refused('missing_required_parameter', 'session.type');
  if (update.model !== undefined && update.model !== configuration.model)
    return refused('invalid_value', 'session.model', 'The model of a session cannot be changed.');
  if (spoke && voiceOf(updated(configuration, update)) !== voiceOf(configuration))
    return refused(
      'cannot_update_voice',
      'session.audio.output.voice',
      'Cannot update a conversation’s voice if assistant audio is present.',
    );
  return undefined;
}

/** The first field of a session that the provider does not know. */
export function unknownField(session: Configuration): Refused | undefined {
  const strange = Object.keys(session).find((field) => !fields.has(field));
  return strange === undefined ? undefined : refused('unknown_parameter', `session.${strange}`);
}

export const transcriptionModelOf = (configuration: Configuration): string | undefined => {
  const model = objectAt(objectAt(objectAt(configuration.audio).input).transcription).model;
  return typeof model === 'string' && model !== '' ? model : undefined;
};

const refused = (code: string, param: string, message = `This is not valid: '${param}'.`): Refused => ({
  code,
  message,
  param,
});

const voiceOf = (configuration: Configuration): string =>
  JSON.stringify(objectAt(objectAt(configuration.audio).output).voice);

/** Within audio, input and output, each field is replaced by itself. */
function withAudio(audio: unknown, update: unknown): Configuration {
  const [known, given] = [objectAt(audio), objectAt(update)];
  return {
    input: { ...objectAt(known.input), ...objectAt(given.input) },
    output: { ...objectAt(known.output), ...objectAt(given.output) },
  };
}

const objectAt = (value: unknown): Configuration =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Configuration) : {};
