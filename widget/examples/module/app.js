import { mountVoxWidget } from '@vox/widget';

const state = document.getElementById('state');
/** @param {string} text */
const say = (text) => {
  if (state !== null) state.textContent = text;
};

const widget = mountVoxWidget({ base: 'https://vox.example', widgetKey: 'w_acme_site_0123456789abcdef' });
widget.on('ready', () => say('Calls are possible.'));
widget.on('session:start', () => say('The call is on.'));
widget.on('session:end', () => say('The call is over.'));
widget.on('error', ({ message }) => say(message));
document.getElementById('talk')?.addEventListener('click', () => void widget.open());
