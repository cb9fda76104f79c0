// The page that stands in the place of a call which may not be shown. It knows nothing of who frames it, and tells it nothing but to close.
const close = () => parent.postMessage({ type: 'sm-voice-widget-close' }, '*');
document.getElementById('close')?.addEventListener('click', close);
document.addEventListener('keydown', ({ key }) => key === 'Escape' && close());
