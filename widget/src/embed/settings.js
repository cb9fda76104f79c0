import { colourIn } from '../page/colours.js';

/** @typedef {import('../vox-widget.d.ts').VoxConfig} VoxConfig */
/**
 * What the frame of the call is told of its looks, together with its token.
 * @typedef {{ locale?: string, texts?: Record<string, string>, avatarUrl?: string, primaryColor?: string,
 *   theme?: 'light' | 'dark' }} Look
 */
/**
 * @typedef {{ base: string, widgetKey: string, agentId: string | undefined, side: string, edge: string,
 *   size: number, layer: string, autoOpen: boolean, greeting: string | undefined, metadata: object | undefined,
 *   look: Look }} Settings
 */

const positions = ['bottom-right', 'bottom-left', 'top-right', 'top-left'];
/** Most texts of a tenant's own, and characters of each. */
const [textsMax, textMax] = [100, 500];
const [smallest, usual, largest] = [44, 60, 96];

/** @param {unknown} value */
const isText = (value) => typeof value === 'string' && value.length > 0 && value.length <= textMax;
/** @param {unknown} value */
const isObject = (value) => typeof value === 'object' && value !== null;

/** @param {unknown} value */
function isHttps(value) {
  try {
    return new URL(String(value)).protocol === 'https:';
  } catch {
    return false;
  }
}

/** A language tag that the browser knows the form of (BCP 47). @param {unknown} value */
function isLanguage(value) {
  try {
    return typeof value === 'string' && Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}

/** @param {unknown} value */
function isTexts(value) {
  if (!isObject(value)) return false;
  const texts = Object.values(/** @type {object} */ (value));
  return texts.length <= textsMax && texts.every(isText);
}

/** Which values a setting may have. One that is not named here is another's, and means nothing. */
const allowed = {
  agentId: isText,
  position: (/** @type {unknown} */ value) => positions.includes(/** @type {string} */ (value)),
  theme: (/** @type {unknown} */ value) => value === 'light' || value === 'dark',
  primaryColor: (/** @type {unknown} */ value) => typeof value === 'string' && colourIn(value) !== undefined,
  buttonSize: Number.isFinite,
  autoOpen: (/** @type {unknown} */ value) => typeof value === 'boolean',
  greeting: isText,
  zIndex: Number.isSafeInteger,
  sessionMetadata: isObject,
  locale: isLanguage,
  texts: isTexts,
  avatarUrl: isHttps,
};

/** What is set, without `undefined`. @template {object} T @param {T} all @returns {any} */
const given = (all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));

/**
 * The settings of a page with their defaults, and the names of those that have a value that they cannot have. An empty
 * `base` or `widgetKey` is for who mounts the widget to refuse.
 * @param {VoxConfig} config as a page wrote it, whatever it holds
 * @returns {{ settings: Settings, wrong: string[] }}
 */
export function settingsOf(config) {
  const asked = given(config ?? {});
  const wrong = Object.entries(allowed)
    .filter(([name, isRight]) => name in asked && !isRight(asked[name]))
    .map(([name]) => name);
  for (const name of wrong) delete asked[name];
  const { position = 'bottom-right', buttonSize = usual, zIndex = 2_147_483_000 } = asked;
  const { locale, texts, avatarUrl, primaryColor, theme } = asked;
  const [edge = '', side = ''] = position.split('-');
  const settings = {
    ...{ base: String(asked.base ?? ''), widgetKey: String(asked.widgetKey ?? ''), agentId: asked.agentId },
    ...{ side, edge, size: Math.max(smallest, Math.min(largest, buttonSize)), layer: String(zIndex) },
    ...{ autoOpen: asked.autoOpen === true, greeting: asked.greeting, metadata: asked.sessionMetadata },
    look: given({ locale, texts: texts && { ...texts }, avatarUrl, primaryColor, theme }),
  };
  return { settings, wrong };
}
