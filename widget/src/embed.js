import { refusedWidget } from './embed/refused.js';
import { mountVoxWidget } from './mount.js';
import { troubleOf, warnOf } from './troubles.js';

// The embed script, as a tag of a page loads it: one file is made of it and its modules. It makes nothing global but
// what is documented.

/** The script that names a key, or this one: a module does not know its tag. */
function scriptTag() {
  const named =
    'script[src*="voice-widget.js"][data-tenant-widget-key], script[src*="/widget.js"][data-tenant-widget-key]';
  const tag = document.querySelector(named) ?? document.currentScript;
  return /** @type {HTMLScriptElement | null} */ (tag);
}

function begin() {
  if (window.voxWidget !== undefined) return warnOf(troubleOf('TWO_COPIES'));
  const tag = scriptTag();
  const config = window.voxConfig ?? {};
  const widgetKey = tag?.dataset.tenantWidgetKey ?? config.widgetKey ?? '';
  // Another copy may come that has one.
  if (widgetKey === '') return refusedWidget(troubleOf(document.currentScript ? 'KEY_MISSING' : 'MODULE_WITHOUT_KEY'));
  const agentId = tag?.dataset.agentId ?? config.agentId;
  const base = config.base ?? (tag?.src || import.meta.url);
  window.voxWidget = mountVoxWidget({ ...config, ...(agentId && { agentId }), widgetKey, base });
}

begin();
