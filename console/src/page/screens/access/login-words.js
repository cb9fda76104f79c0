import { t } from '../../words.js';

/** From what kind of address somebody signed in, as the server names its class. @param {string} place */
export function placeText(place) {
  if (place === 'this machine') return t('login.machine');
  if (place === 'private network') return t('login.private');
  return place.startsWith('network ') ? t('login.network', { mark: place.slice('network '.length) }) : place;
}

/** Browser and system, as the server knows them: `Firefox on Linux`, or a browser alone. @param {string} device */
export function deviceText(device) {
  const [name = '', system] = device.split(' on ');
  const browser = name === 'an unknown browser' ? t('login.unknownBrowser') : name;
  return system === undefined ? browser : t('login.on', { browser, system });
}
