import { render } from 'preact';
import { html } from './html.js';
import { listenToKeys } from './palette/shortcut.js';
import { startRouter } from './router.js';
import { App } from './shell/app.js';
import { listenToTabs } from './shell/tabs.js';
import { speakAsBefore } from './words.js';

startRouter();
listenToTabs();
listenToKeys();
await speakAsBefore();
const root = document.getElementById('console');
// What stands there says what to do as long as none of this has run.
root?.replaceChildren();
if (root !== null) render(html`<${App} />`, root);
