import { useEffect, useId, useState } from 'preact/hooks';
import { facts } from '../facts.js';
import { html } from '../html.js';
import { Dialog } from '../parts/dialog.js';
import { go } from '../router.js';
import { signOut } from '../shell/sign-out.js';
import { finding, me } from '../state.js';
import { named, t } from '../words.js';
import { entriesOf, foundBy } from './entries.js';
import { chosenAfter, matching } from './matching.js';
import { chord } from './shortcut.js';

/** @typedef {import('./entries.js').Entry} Entry */

const close = () => {
  finding.value = false;
};

/** Goes where a line leads, once the dialog is gone and the focus is back on the page. @param {Entry} entry */
function follow({ to }) {
  close();
  setTimeout(() => (to === undefined ? void signOut() : go(to)));
}

/** @param {{entry: Entry, id: string, isChosen: boolean, onPoint: () => void}} given */
function Line({ entry, id, isChosen, onPoint }) {
  useEffect(() => {
    if (isChosen) document.getElementById(id)?.scrollIntoView({ block: 'nearest' });
  }, [isChosen, id]);
  return html`<li
    id=${id}
    role="option"
    aria-selected=${isChosen ? 'true' : 'false'}
    onPointerMove=${onPoint}
    onClick=${() => follow(entry)}
  >
    <span>${entry.text}</span> <span class="faint">${t(entry.kind)}</span>
  </li>`;
}

/** The keys of the keyboard that the console knows. */
const Shortcuts = () => html`<dl class="shortcuts">
  <div><dt><kbd>${chord()}</kbd></dt><dd>${t('palette.keyOpen')}</dd></div>
  <div><dt><kbd>↑</kbd> <kbd>↓</kbd></dt><dd>${t('palette.keyChoose')}</dd></div>
  <div><dt><kbd>⏎</kbd></dt><dd>${t('palette.keyGo')}</dd></div>
  <div><dt><kbd>Esc</kbd></dt><dd>${t('palette.keyClose')}</dd></div>
</dl>`;

/** @param {{lines: readonly Entry[], at: number, choose: (at: number) => void, id: string}} given */
const Lines = ({ lines, at, choose, id }) => html`<ul id=${id} role="listbox" aria-label=${t('palette.title')}>
  ${lines.map(
    (entry, each) =>
      html`<${Line}
        key=${entry.to ?? ''}
        entry=${entry}
        id=${`${id}-${each}`}
        isChosen=${each === at}
        onPoint=${() => choose(each)}
      />`,
  )}
</ul>`;

/** What somebody can go to, begin or find by its id: a combobox over a list (WAI-ARIA APG). */
export function Screen() {
  const id = useId();
  const [typed, type] = useState('');
  const [at, choose] = useState(0);
  const who = me.value;
  if (!who) return null;
  const lines = [...foundBy(facts, who, typed), ...matching(entriesOf(facts, who, { t, named }), typed)];
  /** @param {KeyboardEvent} event */
  const press = (event) => {
    // A key that ends the composing of a character chooses nothing.
    if (event.isComposing) return;
    const next = chosenAfter(event.key, at, lines.length);
    if (next === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (next !== undefined) choose(next);
    else if (lines[at] !== undefined) follow(lines[at]);
  };
  /** @param {InputEvent} event */
  const write = ({ target }) => {
    type(target instanceof HTMLInputElement ? target.value : '');
    choose(0);
  };
  return html`<${Dialog} title=${t('palette.title')} onClose=${close}>
    <div class="palette">
      <input
        role="combobox"
        aria-label=${t('palette.title')}
        aria-expanded=${lines.length > 0 ? 'true' : 'false'}
        aria-controls=${id}
        aria-autocomplete="list"
        aria-activedescendant=${lines[at] && `${id}-${at}`}
        aria-describedby=${`${id}-hint`}
        autocomplete="off"
        spellcheck=${false}
        maxlength="320"
        onInput=${write}
        onKeyDown=${press}
      />
      <p class="hint" id=${`${id}-hint`}>${t('palette.hint')}</p>
      <${Lines} lines=${lines} at=${at} choose=${choose} id=${id} />
      <p class=${lines.length > 0 ? 'heard' : 'empty'} role="status">
        ${lines.length > 0 ? t('palette.count', { count: lines.length }) : t('palette.none')}
      </p>
      <${Shortcuts} />
    </div>
  <//>`;
}
