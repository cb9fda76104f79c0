import { worded } from '../../words.js';

/** What a row of the checklist says, in the words of the page. What is done needs no advice. @param {any} row */
export const textsOf = ({ item, state, finding, values, what, found, why, how }) => ({
  what: worded('checklistWhat', item, what, values),
  found: worded('checklistFound', finding, found, values),
  why: worded('checklistWhy', item, why, values),
  how: state === 'done' ? '' : worded('checklistHow', item, how, values),
});
