import { createCall } from '@vox/widget/client';

/** @template {HTMLElement} [T=HTMLElement] @param {string} id */
const element = (id) => /** @type {T} */ (document.getElementById(id));
const start = /** @type {HTMLButtonElement} */ (element('start'));
const mute = /** @type {HTMLButtonElement} */ (element('mute'));
const end = /** @type {HTMLButtonElement} */ (element('end'));
const agree = /** @type {HTMLInputElement} */ (element('agree'));

const call = createCall({ base: 'https://vox.example', widgetKey: 'w_acme_site_0123456789abcdef' });

/** What the visitor must agree to before a call, if anything. @type {{ text: string, textHash: string } | undefined} */
let demand;
call.on('demand', ({ demands }) => {
  demand = demands.find(({ purpose }) => purpose === 'transcripts');
  element('demand').textContent = demand?.text ?? '';
  agree.closest('p')?.toggleAttribute('hidden', demand === undefined);
});

call.on('state', ({ state, status }) => {
  element('status').textContent = status;
  start.disabled = state !== 'idle';
  mute.disabled = end.disabled = state === 'idle';
});
call.on('notice', ({ text = '' }) => {
  element('notice').textContent = text;
});
call.on('error', ({ message }) => {
  element('notice').textContent = message;
});

/** One line for each utterance. @type {Map<string, HTMLElement>} */
const lines = new Map();
call.on('caption', ({ itemId, role, text }) => {
  const line = lines.get(itemId) ?? element('said').appendChild(document.createElement('p'));
  lines.set(itemId, line);
  line.textContent = `${role === 'user' ? 'You' : 'Agent'}: ${text}`;
});
call.on('captions', ({ areShown }) => {
  if (areShown) return;
  element('said').replaceChildren();
  lines.clear();
});

start.addEventListener('click', () => call.start({ agreed: agree.checked ? demand?.textHash : undefined }));
end.addEventListener('click', () => call.end());
mute.addEventListener('click', () => {
  const isOff = mute.getAttribute('aria-pressed') !== 'true';
  mute.setAttribute('aria-pressed', String(isOff));
  call.mute(isOff);
});

call.on('ready', ({ displayName, disclosure }) => {
  element('name').textContent = displayName;
  element('disclosure').textContent = disclosure;
  start.disabled = false;
});
void call.prepare();
