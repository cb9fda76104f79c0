import { spokenOf, writeIn } from './words/languages.js';

// The page in place of a call that may not be shown. It does not know who frames it, and says no more than that it is
// there, and when to close it.
parent.postMessage({ type: 'vox-here' }, '*');
const close = () => parent.postMessage({ type: 'sm-voice-widget-close' }, '*');
document.getElementById('close')?.addEventListener('click', close);
document.addEventListener('keydown', ({ key }) => key === 'Escape' && close());
const wanted = [new URLSearchParams(location.search).get('lang'), ...navigator.languages];
void spokenOf(wanted).then((spoken) => writeIn(document, spoken));
