// What `@vox/widget/client` shows. `src/client/create-call.js` is checked against this file.

/** A call is one of these at a time. */
export type CallState = 'idle' | 'starting' | 'live';

/** Why there is no call: `message` for the visitor, `hint` for the developer. `code` is one of docs/widget.md. */
export type Trouble = { readonly code: string; readonly message: string; readonly hint: string };

/** What `start()` and `prepare()` reject with. */
export interface CallError extends Error, Trouble {
  readonly message: string;
}

/** What the tenant demands before a call, as the server words it. */
export type Demand = {
  readonly purpose: 'ai-disclosure' | 'transcripts';
  readonly version: string;
  readonly text: string;
  readonly textHash: string;
};

/** What a page shows before a call. The visitor must read `disclosure`, and agree to the demand for `transcripts`. */
export type Offer = {
  readonly tenantId: string;
  readonly agentId: string;
  readonly displayName: string;
  readonly branding: { readonly primaryColor: string; readonly logoUrl?: string };
  readonly disclosure: string;
  readonly demands: readonly Demand[];
};

/** What one side says, as far as it came. Later captions with the same `itemId` take its place until it is `final`. */
export type Caption = {
  readonly itemId: string;
  readonly role: 'user' | 'assistant';
  readonly text: string;
  readonly final: boolean;
};

/** What a tool answered, to be shown as text. */
export type ToolView = {
  readonly kind: 'card' | 'list' | 'link';
  readonly title?: string;
  readonly fields: readonly { readonly path: string; readonly value: string | string[] }[];
};

/** What is heard of a call, by its name. All texts are texts, never HTML. */
export interface CallEvents {
  /** The page may offer a call. */
  ready: Offer;
  /** `status` says in words what happens. */
  state: { readonly state: CallState; readonly status: string };
  'session:start': { readonly sessionId: string };
  'session:end': { readonly sessionId: string; readonly reason: string };
  /** What was said, once it is final. */
  message: { readonly role: 'user' | 'assistant'; readonly text: string };
  error: Trouble;
  speaking: { readonly who: 'visitor' | 'agent' | 'thinking' | 'nobody' };
  /** Whether captions come. Where they come no more, those that are shown must go. */
  captions: { readonly areShown: boolean };
  caption: Caption;
  /** When the call ends at the latest. */
  time: { readonly endsAt: Date | undefined };
  warning: { readonly kind: 'ending-soon' };
  /** A sentence for the visitor, or none any more. */
  notice: { readonly text: string | undefined };
  /** What the tenant demands in the words in force. */
  demand: { readonly demands: readonly Demand[] };
  /** Whether the visitor has agreed to something that it may take back with `withdraw()`. */
  consent: { readonly mayWithdraw: boolean };
  result: { readonly useId: string; readonly view: ToolView };
  /** A link that the agent gives. It is `https` and has no user in it. */
  link: { readonly useId: string; readonly url: string; readonly label: string };
  /** A question of the agent's, which only a click may answer, or none any more. */
  question: { readonly text: string; readonly answer: (given: boolean) => void } | undefined;
  /** What was shown must go. */
  clear: Record<string, never>;
}

export type CallOptions = {
  /** The origin of VOX, such as `https://vox.example`. One page calls one VOX. */
  base: string;
  /** A key that is bound to the origin of this page. */
  widgetKey: string;
  agentId?: string | undefined;
  /** Where the agent's voice is played. One is made if there is none. */
  audio?: HTMLAudioElement | undefined;
  /** The language of the sentences, such as `fr`. Unset, or not known, it is the page's, the browser's, or English. */
  locale?: string | undefined;
  /** The provider's origin, for tenants whose calls are direct. OpenAI's own if it is not set. */
  provider?: string | undefined;
  /** Shows Cloudflare's check and gives its token, for tenants whose bot check is Turnstile. */
  turnstile?: ((asked: { siteKey: string; action: string; cdata: string }) => Promise<string>) | undefined;
};

export interface Call {
  readonly state: CallState;
  /** Asks what the page shows before a call, and tells `ready`. Rejects with a CallError. */
  prepare(): Promise<Offer>;
  /**
   * Starts a call, or answers the one that is starting. `agreed` is the `textHash` of the demand that the visitor
   * agreed to. Resolves with `live`, or with `idle` when it was ended meanwhile. Rejects with a CallError, which `error`
   * tells too.
   */
  start(given?: { agreed?: string | undefined }): Promise<CallState>;
  /** Ends the call. Resolves when its line is closed. */
  end(): Promise<void>;
  /** Switches the microphone off or on, from the next call on too. */
  mute(on: boolean): void;
  /** Sends typed words of the visitor. The agent answers them as spoken ones. Rejects with a CallError. */
  say(text: string): Promise<void>;
  /** Takes back what the visitor agreed to. The call goes on where the tenant lets it. */
  withdraw(): Promise<void>;
  /** Answers how to hear no more. */
  on<N extends keyof CallEvents>(name: N, hear: (detail: CallEvents[N]) => void): () => void;
}

/** A client for people who draw their own. It touches no browser before `prepare()` or `start()`. Throws CallError. */
export declare function createCall(options: CallOptions): Call;

/** An address that a link may lead to: `https`, without a user. Anything else is `undefined`. */
export declare function safeLink(text: unknown): URL | undefined;
