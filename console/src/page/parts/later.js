import { useEffect, useState } from 'preact/hooks';
import { html } from '../html.js';
import { t } from '../words.js';
import { say } from './text.js';

/**
 * What a screen needs once somebody presses a button: it is loaded then, so that the screen itself is there sooner.
 * Where it does not arrive, the page says so, and `onClose` is told.
 * @param {{load: () => Promise<any>, onClose: () => void} & Record<string, unknown>} given `load` finds the component
 */
export function Later({ load, ...given }) {
  const [loaded, setLoaded] = useState(/** @type {{Shown: any} | undefined} */ (undefined));
  useEffect(() => {
    let isWanted = true;
    const failed = () => {
      if (!isWanted) return;
      say(t('state.broken'));
      given.onClose();
    };
    load().then((Shown) => isWanted && setLoaded({ Shown }), failed);
    return () => {
      isWanted = false;
    };
  }, []);
  return loaded ? html`<${loaded.Shown} ...${given} />` : null;
}
