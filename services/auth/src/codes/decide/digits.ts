/** Three bytes are a number below 2^24. Those from here on are left out, so that every code is equally likely. */
const fairBelow = 16_000_000;

/** How many bytes one draw takes. */
export const drawBytes = 3;

/** Six digits from three random bytes, or `undefined` for a draw that would favour some codes: draw again. */
export function digitsOf([high = 0, middle = 0, low = 0]: Uint8Array): string | undefined {
  const drawn = high * 65_536 + middle * 256 + low;
  return drawn < fairBelow ? String(drawn % 1_000_000).padStart(6, '0') : undefined;
}
