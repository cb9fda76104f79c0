import { html } from '../html.js';

/** One bar is so wide, with the gap beside it, in units of the drawing. */
const [width, gap, height] = [10, 2, 100];

/**
 * Bars over a row of names, such as days. They show at a glance what a table beside them says in figures, so nobody
 * needs to see them.
 * @param {{caption: string, bars: readonly Readonly<{name: string, value: number, text: string}>[]}} given
 */
export function Bars({ caption, bars }) {
  const most = Math.max(...bars.map(({ value }) => value), 1);
  const rects = bars.map(({ name, value, text }, at) => {
    const tall = (value / most) * height;
    return html`<rect key=${name} x=${at * (width + gap)} y=${height - tall} width=${width} height=${tall}>
      <title>${`${name}: ${text}`}</title>
    </rect>`;
  });
  const all = Math.max(bars.length * (width + gap) - gap, 1);
  return html`<figure class="bars">
    <figcaption>${caption}</figcaption>
    <svg aria-hidden="true" viewBox=${`0 0 ${all} ${height}`} preserveAspectRatio="none">${rects}</svg>
    <p class="ends" aria-hidden="true"><span>${bars[0]?.name}</span><span>${bars.at(-1)?.name}</span></p>
  </figure>`;
}
