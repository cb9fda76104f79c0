/** Copies a text, and answers whether that was done. A page without https has no clipboard. @param {string} text */
export const isCopied = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
};
