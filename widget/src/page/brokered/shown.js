/** Longest text and most fields that are shown. The server sends no more. */
const [textMax, fieldsMax, itemsMax] = [2_000, 16, 20];

/** @param {unknown} value @returns {value is string} */
const isText = (value) => typeof value === 'string' && value.length <= textMax;
/** @param {unknown} value @returns {value is any} */
const isObject = (value) => typeof value === 'object' && value !== null;

/** @param {unknown} field @returns {field is { path: string, value: string | string[] }} */
function isField(field) {
  if (!isObject(field) || !isText(field.path)) return false;
  const { value } = field;
  return isText(value) || (Array.isArray(value) && value.length <= itemsMax && value.every(isText));
}

/** Whether an event of the server is a result to show. @param {any} data */
export const isResult = ({ useId, view }) =>
  isText(useId) &&
  isObject(view) &&
  ['card', 'list', 'link'].includes(view.kind) &&
  (view.title === undefined || isText(view.title)) &&
  Array.isArray(view.fields) &&
  view.fields.length <= fieldsMax &&
  view.fields.every(isField);

/** Whether an event of the server is a link to show. @param {any} data */
export const isLink = ({ useId, url, label }) => isText(useId) && isText(url) && isText(label) && label.trim() !== '';

/** Whether an event of the server asks the visitor for a consent. @param {any} data */
export const isAsked = ({ useId, purpose, version, text, textHash, seconds }) =>
  [useId, version, text, textHash].every((each) => isText(each) && each !== '') &&
  ['ai-disclosure', 'transcripts'].includes(purpose) &&
  Number.isInteger(seconds) &&
  seconds > 0 &&
  seconds <= 600;
