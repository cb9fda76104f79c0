/**
 * What a response used, as the provider says in `response.done`.
 * @typedef {{ id?: string, usage?: {
 *   input_token_details?: { text_tokens?: number, audio_tokens?: number, cached_tokens?: number },
 *   output_token_details?: { text_tokens?: number, audio_tokens?: number } } | null }} DoneResponse
 */

/** @param {number | undefined} tokens */
const whole = (tokens) => (Number.isSafeInteger(tokens) && /** @type {number} */ (tokens) >= 0 ? tokens : 0);

/**
 * The body of a usage report for one response, or `undefined` when the provider counted nothing.
 * @param {string} sessionId
 * @param {DoneResponse | undefined} response
 */
export function reportOf(sessionId, response) {
  if (response?.id === undefined || response.usage == null) return undefined;
  const { input_token_details: heard = {}, output_token_details: said = {} } = response.usage;
  return {
    sm_session_id: sessionId,
    responseId: response.id,
    text_in: whole(heard.text_tokens),
    text_out: whole(said.text_tokens),
    audio_in: whole(heard.audio_tokens),
    audio_out: whole(said.audio_tokens),
    cached_in: whole(heard.cached_tokens),
  };
}
