/** In this order: a browser that is made of another names that one too. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?(?:iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:HeadlessChrome|Chrome|Chromium|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
  [/^curl\//, 'curl'],
  [/^(?:vox|node)\b/, 'a program'],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/\b(?:iPhone|iPad|iPod)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

const longest = 512;
const firstOf = (known: typeof browsers, text: string): string | undefined =>
  known.find(([pattern]) => pattern.test(text))?.[1];

/**
 * Browser and system as a person knows a device again, such as “Firefox on Linux”. A browser may say what it likes: it
 * is a help to memory and proves nothing, so nothing that it says is kept as it stands.
 */
export function deviceOf(userAgent = ''): string {
  const text = userAgent.slice(0, longest);
  const browser = firstOf(browsers, text) ?? 'an unknown browser';
  const system = firstOf(systems, text);
  return system === undefined ? browser : `${browser} on ${system}`;
}
