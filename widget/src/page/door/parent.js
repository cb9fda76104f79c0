/**
 * The page that embeds this one, at its exact origin: nothing is sent to another, and nothing of another is heard.
 * @param {string} origin
 */
export function parentAt(origin) {
  /** @param {object} message */
  const tell = (message) => parent.postMessage(message, origin);
  return {
    tell,
    /**
     * Hears the page: it wants the call to end (`hangUp` resolves when the frame may go), or it shows or hides the
     * frame.
     * @param {{ hangUp: () => Promise<void>, shown: (on: boolean) => void }} takes
     */
    hear({ hangUp, shown }) {
      window.addEventListener('message', ({ source, origin: from, data }) => {
        if (source !== parent || from !== origin) return;
        if (data?.type === 'vox-hang-up') void hangUp().then(() => tell({ type: 'vox-gone' }));
        if (data?.type === 'vox-shown' && typeof data.on === 'boolean') shown(data.on);
      });
    },
  };
}
