import { deliver } from '../api.js';

/**
 * What a response or a transcription used, as the provider says in `response.done` and
 * `conversation.item.input_audio_transcription.completed`. Every field may be missing.
 * @typedef {{ type?: string, seconds?: number, total_tokens?: number, input_tokens?: number, output_tokens?: number,
 *   input_token_details?: Record<string, any> | null, output_token_details?: Record<string, any> | null }} Usage
 */

const tokensMax = 100_000_000;

/** @param {unknown} tokens */
const whole = (tokens) => (typeof tokens === 'number' && tokens > 0 ? Math.min(Math.ceil(tokens), tokensMax) : 0);

/**
 * The body of a usage report for one response or transcription, or `undefined` when the provider counted nothing.
 * Tokens of a kind that it does not name are reported as unknown, so that the server counts them at the highest price.
 * @param {string} sessionId
 * @param {string | undefined} id the provider's id of the response or of the transcribed item
 * @param {Usage | null | undefined} usage
 */
export function reportOf(sessionId, id, usage) {
  if (id === undefined || usage == null) return undefined;
  const head = { sm_session_id: sessionId, responseId: id };
  if (usage.type === 'duration') {
    const seconds = Number(usage.seconds);
    if (!(seconds > 0)) return undefined;
    return { ...head, ...count({}, {}, usage), seconds: Math.min(seconds, 86_400) };
  }
  return { ...head, ...count(usage.input_token_details ?? {}, usage.output_token_details ?? {}, usage) };
}

/** @param {Record<string, any>} heard @param {Record<string, any>} said @param {Usage} usage */
function count(heard, said, usage) {
  const [text_in, text_out] = [whole(heard.text_tokens), whole(said.text_tokens)];
  const [audio_in, audio_out] = [whole(heard.audio_tokens), whole(said.audio_tokens)];
  const image_in = whole(heard.image_tokens);
  const known = { in: text_in + audio_in + image_in, out: text_out + audio_out };
  const out = Math.max(whole(usage.output_tokens), known.out);
  // When there is only a total, what is not output was input.
  const all = Math.max(whole(usage.input_tokens), whole(usage.total_tokens) - out, known.in);
  const cached = heard.cached_tokens_details ?? {};
  return {
    ...{ text_in, text_out, audio_in, audio_out, cached_in: whole(heard.cached_tokens) },
    ...some('image_in', image_in),
    ...some('cached_text_in', whole(cached.text_tokens)),
    ...some('cached_audio_in', whole(cached.audio_tokens)),
    ...some('cached_image_in', whole(cached.image_tokens)),
    ...some('unknown_in', all - known.in),
    ...some('unknown_out', out - known.out),
  };
}

/** A count, if there is one. @param {string} name @param {number} tokens */
const some = (name, tokens) => (tokens > 0 ? { [name]: Math.min(tokens, tokensMax) } : {});

/**
 * Reports what a response or a transcription of a call used.
 * @param {{ sm_session_id: string, session_token: string }} grant
 * @param {{ id: string | undefined, usage: Usage | null | undefined }} used
 */
export function reportUsage({ sm_session_id, session_token }, { id, usage }) {
  const body = reportOf(sm_session_id, id, usage);
  // A report that is refused for what it says will be refused again. The server counts the time by itself.
  if (body) void deliver('/api/usage/report', { token: session_token, body }).catch(() => undefined);
}
