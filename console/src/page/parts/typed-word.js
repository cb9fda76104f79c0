/** White space as a page shows it: nobody sees how much of it there is. @param {string} text */
const asShown = (text) => text.trim().replace(/\s+/g, ' ');

/** Whether somebody typed the word that they were shown. @param {string} typed @param {string} word */
export const isTyped = (typed, word) => asShown(typed) === asShown(word);
