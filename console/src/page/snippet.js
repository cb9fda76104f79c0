/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** What a tenant puts into its page. @param {string} origin @param {string} widgetKey */
export const snippetOf = (origin, widgetKey) =>
  `<script src="${escaped(origin)}/voice-widget.js" data-tenant-widget-key="${escaped(widgetKey)}" async></script>`;
