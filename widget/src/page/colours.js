/** A colour that a page may name: `#` and three or six hexadecimal digits. */
const hex = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i;

/** @param {string | null | undefined} text @returns {string | undefined} */
export const colourIn = (text) => (text != null && hex.test(text) ? text : undefined);

/**
 * White or black, whichever reads better on a colour (WCAG 2.2, relative luminance).
 * @param {string} colour as `colourIn` gives it
 */
export function readableOn(colour) {
  const digits = colour.length === 4 ? [...colour.slice(1)].map((digit) => digit + digit).join('') : colour.slice(1);
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(digits.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? '#ffffff' : '#000000';
}
