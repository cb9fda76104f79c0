/**
 * The language that the page asks for. The visitor's own is the browser's to tell.
 * @param {import('./settings.js').Look} look
 */
export const localeOf = ({ locale }) => locale ?? (document.documentElement.lang || undefined);

/**
 * The address of the page of a call. The token is in no address: servers, proxies and the browser’s history keep
 * those.
 * @param {import('./settings.js').Settings} settings
 * @param {import('./bootstrap.js').Boot} boot
 */
export function addressOf({ base, widgetKey, look }, { agentId, displayName }) {
  const { theme, primaryColor } = look;
  const all = {
    key: widgetKey,
    origin: location.origin,
    agentId,
    displayName,
    lang: localeOf(look),
    theme,
    primaryColor,
  };
  const said = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  return `${base}/widget?${new URLSearchParams(said)}`;
}
