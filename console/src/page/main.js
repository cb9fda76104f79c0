import { render } from 'preact';
import { html } from './html.js';
import { startRouter } from './router.js';
import { App } from './shell/app.js';
import { listenToTabs } from './shell/tabs.js';
import { speakAsBefore } from './words.js';

startRouter();
listenToTabs();
await speakAsBefore();
const root = document.getElementById('console');
if (root !== null) render(html`<${App} />`, root);
