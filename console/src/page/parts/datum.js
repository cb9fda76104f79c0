import { html } from '../html.js';

/** One thing that is known, in a list of them. @param {{label: string, children?: any}} given */
export const Datum = ({ label, children }) => html`<div><dt>${label}</dt><dd>${children}</dd></div>`;
