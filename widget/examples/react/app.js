import { useVoxWidget, VoxWidget } from '@vox/widget/react';
import { createElement as h, StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';

const config = { base: 'https://vox.example', widgetKey: 'w_acme_site_0123456789abcdef' };

/** The component: the launcher is there while this is. */
function Help() {
  const [said, setSaid] = useState('Nothing was said yet.');
  return h(
    'section',
    null,
    h('h2', null, 'Help'),
    h(VoxWidget, { ...config, onMessage: ({ text }) => setSaid(text), onError: ({ message }) => setSaid(message) }),
    h('p', { role: 'status' }, said),
  );
}

/** The hook: for a page that has a button of its own, too. Another config is another widget. */
function Contact() {
  const [locale, setLocale] = useState('en');
  const { open, state } = useVoxWidget({ ...config, locale });
  return h(
    'section',
    null,
    h('h2', null, 'Contact'),
    h('button', { type: 'button', disabled: state === 'loading', onClick: open }, 'Talk to us'),
    h('button', { type: 'button', onClick: () => setLocale('de') }, 'Deutsch'),
    h('p', { role: 'status' }, state),
  );
}

/** Pages of one document: a page that goes takes its widget along. */
const pages = { Help, Contact };

function App() {
  const [page, setPage] = useState(/** @type {keyof typeof pages | undefined} */ ('Help'));
  const buttons = [...Object.keys(pages), undefined].map((name) =>
    h(
      'button',
      { type: 'button', key: name ?? '', onClick: () => setPage(/** @type {typeof page} */ (name)) },
      `Go to ${name ?? 'nothing'}`,
    ),
  );
  return h('main', null, h('h1', null, 'React'), h('nav', null, buttons), page && h(pages[page]));
}

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(h(StrictMode, null, h(App)));
