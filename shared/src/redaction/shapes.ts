/** Shapes that no card is written in: telephone, date, time. */
const others = [
  /^[0-9]{3}\)?[ .-]{1,2}[0-9]{3}[ .-][0-9]{4}$/,
  /^[0-9]{1,2}([./-])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2})$/,
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/,
  /^[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?$/,
];
const longest = 24;

type Place = Readonly<{ start: number; end: number }>;

/** Whether digits are written as a telephone number, a date or a time of day. */
export const hasOtherShape = (text: string, { start, end }: Place): boolean =>
  end - start <= longest && others.some((shape) => shape.test(text.slice(start, end)));

/** Whether a sign beside digits makes them an amount, a number by rank or an international telephone number. */
export const hasOtherSign = (text: string, { start, end }: Place): boolean =>
  /[+$€£¥#]\s?$/.test(text.slice(Math.max(0, start - 2), start)) || /^\s?[$€£¥%°]/.test(text.slice(end, end + 2));
