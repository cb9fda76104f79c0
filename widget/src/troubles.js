/**
 * Why there is no call, for the two who ask: `words` names the sentence of `page/words` that the visitor reads, and
 * `hint` tells the developer of the page what to do. Without `words` the visitor sees nothing, because it could not
 * help; `server` stands for the server's own sentence (`userMessage`).
 * @typedef {{ words?: string, hint: string }} Kind
 */

/** What goes wrong in the tenant's page, before there is a frame. */
const ofThePage = {
  KEY_MISSING: {
    hint: 'The script has no widget key. Add data-tenant-widget-key to its tag, or set voxConfig.widgetKey before.',
  },
  MODULE_WITHOUT_KEY: {
    hint: 'A module finds no widget key. Set voxConfig.widgetKey before, or use mountVoxWidget({ widgetKey }).',
  },
  BASE_UNKNOWN: {
    hint: 'The address of VOX is not known. Set base, also in voxConfig, to its origin, such as https://vox.example.',
  },
  CONFIG_INVALID: { hint: 'A setting has a value that it cannot have. The default is used in its place.' },
  TWO_COPIES: { hint: 'There is a widget on this page already. It stays, and the second one does nothing.' },
  CONNECT_BLOCKED: {
    words: 'notHere',
    hint: "The page's Content-Security-Policy blocks the request. Add the origin of VOX to connect-src.",
  },
  EDGE_UNREACHABLE: {
    words: 'unreachable',
    hint: 'VOX did not answer. Check the address of the script, the network and ad blockers.',
  },
  FRAME_BLOCKED: {
    words: 'notHere',
    hint: 'The browser did not load the frame. Allow VOX in frame-src of the page; set no Cross-Origin-Embedder-Policy.',
  },
};

/** What goes wrong in the frame of the call, or in a client of one's own. */
const ofTheCall = {
  NOT_FRAMED: { words: 'notFramed', hint: 'The page of a call is opened by the embed script only.' },
  VOICE_UNSUPPORTED: {
    words: 'noVoice',
    hint: 'This browser has no WebRTC, or the page is not loaded over HTTPS, where browsers hide the microphone.',
  },
  MICROPHONE_POLICY: {
    words: 'notHere',
    hint: 'A Permissions-Policy switches the microphone off. Allow microphone=(self "https://vox.example").',
  },
  MICROPHONE_DENIED: { words: 'microphoneDenied', hint: 'The visitor, or the browser for it, refused the microphone.' },
  MICROPHONE_MISSING: { words: 'microphoneMissing', hint: 'The browser finds no microphone.' },
  MICROPHONE_BUSY: {
    words: 'microphoneBusy',
    hint: 'The system does not open the microphone: another program has it.',
  },
  LINE_LOST: { words: 'dropped', hint: 'The connection of the call broke and did not come back.' },
  PROVIDER_FAILED: { words: 'providerFailed', hint: 'The voice provider did not take the call.' },
};

const server = 'server';
/** Refusals of the server: codes of its contract. */
const ofTheServer = {
  INVALID_REQUEST: {
    words: server,
    hint: 'The server did not understand the request. Check agentId and the widget key.',
  },
  INVALID_WIDGET_KEY: {
    words: server,
    hint: 'The widget key is unknown, revoked or expired. Copy the present one from the console.',
  },
  ORIGIN_MISMATCH: {
    words: server,
    hint: 'The widget key is not bound to the origin of this page. Make a key for exactly this origin.',
  },
  AUTH_REQUIRED: { words: server, hint: 'The token of the widget is no longer valid. The page was open too long.' },
  FORBIDDEN: { words: server, hint: 'The server does not allow this.' },
  BOT_BLOCKED: { words: server, hint: 'The bot check failed. An automated browser cannot pass it.' },
  BROKERED_ONLY: { words: server, hint: 'The calls of this tenant need an offer (calls: brokered).' },
  DIRECT_ONLY: { words: server, hint: 'The calls of this tenant take no offer (calls: direct).' },
  CONSENT_REQUIRED: { words: server, hint: 'The visitor has yet to agree to what the tenant demands before a call.' },
  SESSION_DURATION_EXCEEDED: { words: server, hint: 'The call reached its longest time.' },
  SESSION_ENDED: { words: server, hint: 'The call has ended.' },
  TENANT_SUSPENDED: { words: server, hint: 'The tenant is suspended.' },
  NOT_FOUND: { words: server, hint: 'There is no such agent, or this version of VOX does not know the path.' },
  IDEMPOTENCY_CONFLICT: { words: server, hint: 'The same request is already being worked on.' },
  PAYLOAD_TOO_LARGE: { words: server, hint: 'The request was too large.' },
  RATE_LIMIT_EXCEEDED: { words: server, hint: 'Too many requests in a short time. Wait, then try again.' },
  MAX_CONCURRENT_SESSIONS: { words: server, hint: 'All lines that the limits allow are busy.' },
  DAILY_QUOTA_EXCEEDED: { words: server, hint: 'The budget of today is used up.' },
  UPSTREAM_UNAVAILABLE: { words: server, hint: 'The voice provider does not answer.' },
  UNAVAILABLE: { words: server, hint: 'VOX lacks something that it needs for now. Try again.' },
  INTERNAL: { words: server, hint: 'VOX failed. Its log has the request by its id.' },
};

/** The closed list of codes of `vox:error`. @type {Readonly<Record<TroubleCode, Kind>>} */
export const troubles = { ...ofThePage, ...ofTheCall, ...ofTheServer };

/** @typedef {keyof typeof ofThePage | keyof typeof ofTheCall | keyof typeof ofTheServer} TroubleCode */
/**
 * A failure as `vox:error` tells it: `message` is for the visitor (empty where it sees nothing), `hint` for the
 * developer.
 * @typedef {{ code: string, message: string, hint: string }} Trouble
 */

/**
 * A trouble of the list, with the visitor's sentence in its own language. `more` names what exactly is wrong, for the
 * developer. A code that a newer server made up keeps its name.
 * @param {TroubleCode | string} code
 * @param {{ message?: string | undefined, more?: string | undefined }} [told]
 * @returns {Trouble}
 */
export function troubleOf(code, { message = '', more } = {}) {
  const known = Object.hasOwn(troubles, code) ? troubles[/** @type {TroubleCode} */ (code)] : undefined;
  const hint = known?.hint ?? 'The server refused this with a code that this version of the widget does not know.';
  return { code, message, hint: more === undefined ? hint : `${hint} ${more}` };
}

/** Tells the developer of the page, in one line of the console. @param {Trouble} trouble */
export const warnOf = ({ code, hint }) => console.warn(`vox: ${code}. ${hint}`);
