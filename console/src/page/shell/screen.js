import { Component } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { html } from '../html.js';
import { Loading } from '../parts/asked.js';
import { here } from '../state.js';
import { learn, locale, t } from '../words.js';
import { arrive } from './arrive.js';

/**
 * Where each screen stands. It is loaded when somebody goes there.
 * @type {Readonly<Record<string, () => Promise<{Screen: any}>>>}
 */
const screens = {
  'sign-in': () => import('../sign-in/sign-in.js'),
  'second-factor': () => import('../sign-in/second-factor.js'),
  'step-up': () => import('../sign-in/step-up.js'),
  palette: () => import('../palette/palette.js'),
  overview: () => import('../screens/overview.js'),
  'first-call': () => import('../screens/first-call.js'),
  try: () => import('../screens/try-call.js'),
  calls: () => import('../screens/calls.js'),
  call: () => import('../screens/call.js'),
  transcripts: () => import('../screens/transcripts.js'),
  keys: () => import('../screens/keys.js'),
  'api-keys': () => import('../screens/api-keys.js'),
  policy: () => import('../screens/policy.js'),
  limits: () => import('../screens/limits.js'),
  usage: () => import('../screens/usage.js'),
  people: () => import('../screens/people.js'),
  audit: () => import('../screens/audit.js'),
  privacy: () => import('../screens/privacy.js'),
  'privacy-request': () => import('../screens/privacy-request.js'),
  holds: () => import('../screens/holds.js'),
  consents: () => import('../screens/consents.js'),
  retention: () => import('../screens/retention.js'),
  incidents: () => import('../screens/incidents.js'),
  incident: () => import('../screens/incident.js'),
  tenants: () => import('../screens/tenants.js'),
  account: () => import('../screens/account.js'),
};

/** What opens over a screen, and is none that somebody arrives at. */
const dialogs = ['step-up', 'palette'];

const reload = () => location.reload();
/** What failed here: a newer version may have taken this one’s files away. */
const Broken = () => html`<div class="trouble" role="alert">
  <p>${t('state.broken')}</p>
  <button type="button" onClick=${reload}>${t('state.reload')}</button>
</div>`;

/** Keeps a mistake of one screen from taking the rest of the page away. */
class Guarded extends Component {
  state = { hasFailed: false };
  static getDerivedStateFromError = () => ({ hasFailed: true });
  render() {
    return this.state.hasFailed ? html`<${Broken} />` : this.props.children;
  }
}

/** One screen, loaded when it is wanted. @param {{name: string, id: string}} given */
export function Screen({ name, id }) {
  const [loaded, setLoaded] = useState(/** @type {{name: string, Shown: any} | undefined} */ (undefined));
  useEffect(() => {
    let isWanted = true;
    Promise.all([screens[name]?.(), learn(name)]).then(
      ([module]) => isWanted && setLoaded({ name, Shown: module?.Screen ?? Broken }),
      () => isWanted && setLoaded({ name, Shown: Broken }),
    );
    return () => {
      isWanted = false;
    };
  }, [name]);
  const isThere = loaded?.name === name;
  useEffect(() => {
    if (isThere && !dialogs.includes(name)) arrive();
  }, [isThere, here.value.path, locale()]);
  if (loaded === undefined || !isThere) return html`<${Loading} />`;
  return html`<${Guarded} key=${name + id}><${loaded.Shown} id=${id} /><//>`;
}
