// biome-ignore lint/suspicious/noControlCharactersInRegex: these characters must not reach a terminal
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Text of others, without what moves the cursor of a terminal or turns its text around. */
export const withoutControls = (text: string): string => text.replace(controls, '�');
