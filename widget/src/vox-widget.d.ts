/** What a page may set of the widget. */
export type VoxConfig = {
  /** The origin of VOX, such as `https://vox.example`. The script knows it from its own address. */
  base?: string;
  /** Which tenant and which pages: `npx vox key create`, or the console. */
  widgetKey?: string;
  /** The agent, if not the first of the key. */
  agentId?: string;
  /** Means nothing: the key names the tenant. Pages that set it may keep it. */
  tenantId?: string;
  position?: 'bottom-right' | 'bottom-left' | 'top-right' | 'top-left';
  /** Unset, the call follows the visitor's own. */
  theme?: 'light' | 'dark';
  /** `#` and three or six hexadecimal digits. */
  primaryColor?: string;
  /** Pixels, 44 to 96. */
  buttonSize?: number;
  /** Opens the frame at once. The visitor still starts the call. */
  autoOpen?: boolean;
  /** Words beside the button until it is first pressed. */
  greeting?: string;
  zIndex?: number;
  /** Comes back as `metadata` with the events of a call. It does not leave the page. */
  sessionMetadata?: object;
  /** The language (BCP 47). Unset, it is that of the page, then that of the browser. */
  locale?: string;
  /** Sentences of one's own in the frame of the call, by their names. */
  texts?: Record<string, string>;
  /** An https address of a picture in the frame of the call. */
  avatarUrl?: string;
};

/** What each event tells. */
export type VoxEvents = {
  /** The button is there. */
  ready: { tenantId: string; agentId: string };
  /** The call is connected. */
  'session:start': { sessionId: string; metadata?: object };
  /** The call has ended, or was never one (`error`). */
  'session:end': { sessionId: string; reason: string; metadata?: object };
  /** What was said, once it is final. */
  message: { role: 'user' | 'assistant'; text: string; metadata?: object };
  /** `message` is what the visitor reads, empty where it sees nothing; `hint` is for the developer of the page. */
  error: { code: string; message: string; hint: string; metadata?: object };
};

export type VoxWidget = {
  /** Resolves when the frame is on the page, or a refusal was told by `error`. */
  open(): Promise<void>;
  /** Takes the frame off the page and ends its call, with `session:end`. */
  close(): void;
  /** Opens what is closed or minimised, and closes what is open. */
  toggle(): void;
  /** Closes, and takes all of the widget off the page. */
  destroy(): void;
  /** Answers what ends the hearing. */
  on<Name extends keyof VoxEvents>(name: Name, hear: (detail: VoxEvents[Name]) => void): () => void;
};

/**
 * Puts the widget on the page. There is one for each page: a second call answers the first one's widget. Without a key
 * or an address nothing is shown, and the console and `vox:error` say why. Throws where there is no page, as on a
 * server.
 */
export declare function mountVoxWidget(config: VoxConfig & { widgetKey: string; base: string }): VoxWidget;

declare global {
  interface Window {
    voxConfig?: VoxConfig;
    voxWidget?: VoxWidget;
  }
  interface WindowEventMap {
    'vox:ready': CustomEvent<VoxEvents['ready']>;
    'vox:session:start': CustomEvent<VoxEvents['session:start']>;
    'vox:session:end': CustomEvent<VoxEvents['session:end']>;
    'vox:message': CustomEvent<VoxEvents['message']>;
    'vox:error': CustomEvent<VoxEvents['error']>;
  }
}
