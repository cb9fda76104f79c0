import { useState } from 'preact/hooks';
import { isCopied } from '../copy.js';
import { fromNow, moment } from '../format.js';
import { html } from '../html.js';
import { notice, zone } from '../state.js';
import { locale, t } from '../words.js';

/** A moment in the tenant’s zone. @param {{at: string | null | undefined}} given */
export const At = ({ at }) =>
  at
    ? html`<time datetime=${at} title=${fromNow(locale(), at, Date.now())}>${moment(locale(), zone.value, at)}</time>`
    : '–';

/**
 * Something to copy, with its button. It says itself what came of that: the page around a dialog is inert, and what is
 * said there nobody hears.
 * @param {{text: string, what: string}} given
 */
export function Copied({ text, what }) {
  const [told, tell] = useState('');
  const copy = async () => {
    // The same words twice are news too.
    tell('');
    tell((await isCopied(text)) ? t('copy.done', { what }) : t('copy.failed'));
  };
  return html`<div class="copied">
    <pre tabindex="0" aria-label=${what}>${text}</pre>
    <button type="button" onClick=${copy}>${t('copy.copy', { what })}</button>
    <p role="status">${told}</p>
  </div>`;
}

const shownMs = 10_000;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let hiding;

/** Says something to everybody for a while, also to whoever does not see the page. @param {string} text */
export function say(text) {
  clearTimeout(hiding);
  // The same words twice are news too.
  notice.value = '';
  hiding = setTimeout(() => {
    notice.value = text;
    hiding = setTimeout(() => {
      notice.value = '';
    }, shownMs);
  });
}

/**
 * The head of a screen, to which the focus goes when somebody comes here.
 * @param {{title: string, children?: any}} given
 */
export const Head = ({ title, children }) => html`<header class="head">
  <h1 tabindex="-1">${title}</h1>
  ${children && html`<p class="buttons">${children}</p>`}
</header>`;

/** Hands a file to the browser to keep. @param {string} name @param {BlobPart[]} parts @param {string} type */
export function keepFile(name, parts, type) {
  const url = URL.createObjectURL(new Blob(parts, { type }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
