/** The rules of the page: its own files and its own server, no markup from text, and no frame around it. */
export const consolePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** Where a member calls an agent: the only page that may listen. */
const testCallPath = /^\/console\/try\/?$/;

/** What the page at a path may ask of a device: passkeys, and the microphone where somebody makes a test call. */
export const permissionsAt = (path: string): string =>
  [
    `microphone=${testCallPath.test(path) ? '(self)' : '()'}`,
    ...['camera', 'geolocation', 'display-capture', 'payment', 'usb'].map((feature) => `${feature}=()`),
    'publickey-credentials-create=(self)',
    'publickey-credentials-get=(self)',
  ].join(', ');

const pagePath = /^\/console(?:\/[A-Za-z0-9_-]{1,120}){0,3}\/?$/;

/** Whether the page is shown at a path. Which screen that is, its script finds; a path of assets is none. */
export const isPagePath = (path: string): boolean => pagePath.test(path) && !/^\/console\/assets(?:\/|$)/.test(path);
