// The embed script: a button on a tenant's page that opens the call in a frame. It is one file, so that one tag
// loads it. It has no dependency and makes nothing global but what is documented.
(() => {
  /**
   * @typedef {{ tenantId?: string, agentId?: string, widgetKey?: string, position?: string, theme?: string,
   *   primaryColor?: string, buttonSize?: number, autoOpen?: boolean, greeting?: string, zIndex?: number,
   *   sessionMetadata?: object }} VoxConfig
   */
  const found = document.querySelector(
    'script[src*="voice-widget.js"][data-tenant-widget-key], script[src*="/widget.js"][data-tenant-widget-key]',
  );
  const script = /** @type {HTMLScriptElement | null} */ (found ?? document.currentScript);
  const page = /** @type {any} */ (window);
  if (script === null || page.voxWidget !== undefined) return;
  /** @type {VoxConfig} */
  const config = page.voxConfig ?? {};
  const widgetKey = script.dataset.tenantWidgetKey ?? config.widgetKey ?? '';
  const agentId = script.dataset.agentId ?? config.agentId;
  const base = new URL(script.src).origin;
  const renewAfterMs = 240_000;

  /** @type {{ answer: any, atMs: number } | undefined} */
  let boot;
  /** @type {HTMLIFrameElement | undefined} */
  let frame;
  let opening = false;
  let gone = false;

  /** @param {string} name @param {object} [detail] */
  const fire = (name, detail = {}) => window.dispatchEvent(new CustomEvent(`vox:${name}`, { detail }));

  async function bootstrap() {
    const query = new URLSearchParams({ key: widgetKey, ...(agentId && { agentId }) });
    const response = await fetch(`${base}/api/public/widget/bootstrap?${query}`, { credentials: 'omit' });
    const answer = await response.json();
    if (!answer.ok) throw Object.assign(new Error(answer.userMessage ?? answer.error), { code: answer.code });
    boot = { answer, atMs: Date.now() };
    return answer;
  }

  /** The answer of bootstrap. It is asked again when its token ends soon. */
  const fresh = async () => (boot === undefined || Date.now() - boot.atMs > renewAfterMs ? bootstrap() : boot.answer);

  const button = document.createElement('button');
  const side = (config.position ?? 'bottom-right').endsWith('left') ? 'left' : 'right';
  const edge = (config.position ?? '').startsWith('top') ? 'top' : 'bottom';
  const size = Math.max(44, Math.min(96, config.buttonSize ?? 60));
  const layer = String(config.zIndex ?? 2147483000);
  const theme = config.theme === 'dark' || config.theme === 'light' ? config.theme : undefined;
  button.type = 'button';
  button.hidden = true;
  button.setAttribute('aria-haspopup', 'dialog');
  button.setAttribute('aria-expanded', 'false');
  button.innerHTML =
    '<svg width="45%" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true"><path d="M12 15a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v6a3 3 0 0 0 3 3Zm6-3a6 6 0 0 1-5 5.9V21h-2v-3.1A6 6 0 0 1 6 12h2a4 4 0 0 0 8 0h2Z"/></svg>';
  Object.assign(button.style, {
    position: 'fixed',
    [side]: '20px',
    [edge]: '20px',
    width: `${size}px`,
    height: `${size}px`,
    border: '0',
    borderRadius: '50%',
    color: '#fff',
    cursor: 'pointer',
    zIndex: layer,
    boxShadow: '0 4px 14px rgb(0 0 0 / 25%)',
  });

  /** Words beside the button: a greeting, or why no call is possible. */
  const bubble = document.createElement('div');
  bubble.setAttribute('role', 'status');
  bubble.hidden = true;
  Object.assign(bubble.style, {
    position: 'fixed',
    [side]: `${size + 32}px`,
    [edge]: '24px',
    maxWidth: `min(260px, calc(100vw - ${size + 52}px))`,
    padding: '10px 14px',
    borderRadius: '12px',
    background: theme === 'dark' ? '#161b22' : '#ffffff',
    color: theme === 'dark' ? '#eef2f7' : '#17202c',
    font: '15px/1.45 system-ui, sans-serif',
    zIndex: layer,
    boxShadow: '0 4px 14px rgb(0 0 0 / 25%)',
  });
  /** @param {string} [text] */
  function say(text) {
    bubble.textContent = text ?? '';
    bubble.hidden = text === undefined;
  }

  /** Shows the button of a call that is possible. @param {any} answer */
  function offer(answer) {
    button.style.background = config.primaryColor ?? answer.branding.primaryColor;
    button.title = '';
    button.setAttribute('aria-label', `Talk to ${answer.displayName}`);
    button.hidden = false;
  }

  /** Shows the button of a call that is refused, with the reason where the visitor looks. @param {unknown} error */
  function refuse(error) {
    const { message, code } = /** @type {Error & { code?: string }} */ (error);
    const told =
      code === undefined ? 'Voice calls cannot be reached right now. Please try again in a moment.' : message;
    button.style.background = '#6b7280';
    button.title = told;
    button.setAttribute('aria-label', told);
    button.hidden = false;
    fire('error', { code, message: told });
    return told;
  }

  function close() {
    if (frame === undefined) return;
    frame.remove();
    frame = undefined;
    button.setAttribute('aria-expanded', 'false');
    button.focus();
  }

  /** @param {any} answer */
  function frameOf(answer) {
    // The token is in no address: servers, proxies and the browser’s history keep addresses.
    const query = new URLSearchParams({
      key: widgetKey,
      origin: location.origin,
      agentId: answer.agentId,
      displayName: answer.displayName,
      ...(theme && { theme }),
      ...(config.primaryColor && { primaryColor: config.primaryColor }),
    });
    const made = document.createElement('iframe');
    made.src = `${base}/widget?${query}`;
    made.allow = 'microphone; autoplay';
    made.title = answer.displayName;
    Object.assign(made.style, {
      position: 'fixed',
      [side]: '20px',
      [edge]: `${size + 32}px`,
      width: '360px',
      height: '480px',
      maxWidth: 'calc(100vw - 40px)',
      maxHeight: `calc(100vh - ${size + 52}px)`,
      border: '0',
      borderRadius: '16px',
      boxShadow: '0 10px 40px rgb(0 0 0 / 30%)',
      colorScheme: theme ?? 'normal',
      zIndex: layer,
    });
    return made;
  }

  async function open() {
    if (opening || gone || frame !== undefined) return;
    opening = true;
    try {
      const answer = await fresh();
      if (gone) return;
      say();
      offer(answer);
      frame = frameOf(answer);
      document.body.append(frame);
      button.setAttribute('aria-expanded', 'true');
      frame.focus();
    } catch (error) {
      if (!gone) say(refuse(error));
    } finally {
      opening = false;
    }
  }

  const toggle = () => (frame === undefined ? open() : close());
  function destroy() {
    gone = true;
    close();
    button.remove();
    bubble.remove();
    window.removeEventListener('message', hear);
    delete page.voxWidget;
  }

  /** Gives the token to the frame, and to no other page that was loaded in it. @param {Window | null} to */
  async function hand(to) {
    const { widgetSessionToken: token } = await fresh();
    to?.postMessage({ type: 'vox-token', token }, base);
  }

  /** @param {MessageEvent} event */
  function hear({ source, origin, data }) {
    if (frame === undefined || source !== frame.contentWindow || origin !== base) return;
    if (data?.type === 'vox-frame-ready') void hand(frame.contentWindow).catch(() => undefined);
    if (data?.type === 'sm-voice-widget-close') close();
    if (data?.type === 'sm-voice-widget-resize')
      Object.assign(frame.style, { width: `${Number(data.width)}px`, height: `${Number(data.height)}px` });
    if (data?.type === 'vox-event')
      fire(String(data.name), { ...data.detail, ...(config.sessionMetadata && { metadata: config.sessionMetadata }) });
  }

  button.addEventListener('click', () => void toggle());
  window.addEventListener('message', hear);
  page.voxWidget = { open, close, toggle, destroy };
  const place = () => gone || document.body.append(bubble, button);
  if (document.body) place();
  else document.addEventListener('DOMContentLoaded', place);
  bootstrap()
    .then((answer) => {
      if (gone) return;
      offer(answer);
      say(config.greeting);
      fire('ready', { tenantId: answer.tenantId, agentId: answer.agentId });
      if (config.autoOpen) void open();
    })
    .catch((error) => gone || void refuse(error));
})();
