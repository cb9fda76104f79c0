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
  overview: () => import('../screens/overview/overview.js'),
  'first-call': () => import('../screens/overview/first-call.js'),
  try: () => import('../screens/calls/try-call.js'),
  calls: () => import('../screens/calls/calls.js'),
  call: () => import('../screens/calls/call.js'),
  transcripts: () => import('../screens/calls/transcripts.js'),
  keys: () => import('../screens/access/keys.js'),
  'api-keys': () => import('../screens/access/api-keys.js'),
  policy: () => import('../screens/agents/policy.js'),
  tools: () => import('../screens/agents/tools.js'),
  secrets: () => import('../screens/agents/secrets.js'),
  limits: () => import('../screens/overview/limits.js'),
  usage: () => import('../screens/overview/usage.js'),
  people: () => import('../screens/access/people.js'),
  webhooks: () => import('../screens/webhooks/webhooks.js'),
  'single-sign-on': () => import('../screens/access/single-sign-on.js'),
  audit: () => import('../screens/audit/audit.js'),
  privacy: () => import('../screens/privacy/privacy.js'),
  'privacy-request': () => import('../screens/privacy/privacy-request.js'),
  holds: () => import('../screens/privacy/holds.js'),
  consents: () => import('../screens/privacy/consents.js'),
  retention: () => import('../screens/privacy/retention.js'),
  incidents: () => import('../screens/privacy/incidents.js'),
  incident: () => import('../screens/privacy/incident.js'),
  tenants: () => import('../screens/platform/tenants.js'),
  platform: () => import('../screens/platform/platform.js'),
  account: () => import('../screens/access/account.js'),
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
