/** How high the frame of the page is, in pixels, and how high where its agent shows something. */
const [usual, tall] = [480, 640];

/**
 * Gives what an agent shows more room, as long as one of its places shows something. The page that embeds this one
 * gives as much as it has.
 * @param {readonly HTMLElement[]} places
 * @param {(message: object) => void} tellParent
 */
export function roomFor(places, tellParent) {
  let given = 0;
  function fit() {
    const height = places.some(({ childElementCount }) => childElementCount > 0) ? tall : usual;
    if (height === given) return;
    given = height;
    tellParent({ type: 'sm-voice-widget-resize', width: 360, height });
  }
  return {
    fit,
    /** What an act shows or takes away may need another room. @template {any[]} A @param {(...given: A) => void} act */
    fitted:
      (act) =>
      (/** @type {A} */ ...given) => {
        act(...given);
        fit();
      },
  };
}
