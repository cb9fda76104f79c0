/** North American telephone numbers, as they are grouped. */
const telephone = /^[0-9]{3}\)?[ .-]{1,2}[0-9]{3}[ .-][0-9]{4}$/;
/** Shapes that no card is written in: date, time, thousands. */
const others = [
  /^[0-9]{1,2}([./-])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2})$/,
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?$/,
  /^[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?$/,
  /^[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{2})?$|^[0-9]{1,3}(?:\.[0-9]{3}){1,4}(?:,[0-9]{2})?$/,
];
const longest = 24;

type Place = Readonly<{ start: number; end: number }>;

/** Whether digits are written as a date, a time of day or an amount. */
export const isDated = (text: string, { start, end }: Place): boolean =>
  end - start <= longest && others.some((shape) => shape.test(text.slice(start, end)));

/** Whether digits are grouped as a telephone number. */
export const isTelephone = (text: string, { start, end }: Place): boolean =>
  end - start <= longest && telephone.test(text.slice(start, end));

/** Whether a sign before or behind digits makes them an international telephone number, an amount or a rank. */
export const hasOtherSign = (text: string, { start, end }: Place): boolean =>
  /[+$€£¥]\s?\(?$/.test(text.slice(Math.max(0, start - 3), start)) || /^\s?[$€£¥%°]/.test(text.slice(end, end + 2));

/** An international telephone number: a plus sign and at most fifteen digits (ITU-T E.164). */
const international = /^\+(?:[ ./()-]*[0-9]){7,15}$/;
/** A parcel of the US Postal Service, as its labels group it (USPS Publication 199). */
const parcel = /^9[2-5][0-9]{2}(?: [0-9]{4}){4} [0-9]{2}$/;

/** A place on Earth: two fractions of degrees. */
const place = /^[0-9]{1,3}\.[0-9]{4,8}[,;]? ?[-−]?[0-9]{1,3}\.[0-9]{4,8}$/;
/** A fraction that is written out as no card is: 3.14159265358979. */
const fraction = /^[0-9][.,][0-9]{9,}$/;

/** Addresses of machines (RFC 791): four numbers to 255. In pairs they may be a card. */
const address = /^[0-9]{1,3}(?:\.[0-9]{1,3}){3}$/;
const inPairs = /^[0-9]{2}(?:\.[0-9]{2}){3}$/;
const octetMost = 255;
const addressesLongest = 64;
const isAddress = (written: string): boolean =>
  address.test(written) && !inPairs.test(written) && written.split('.').every((part) => Number(part) <= octetMost);
/** “10.0.0.1 and 10.0.0.2” */
const areAddresses = (written: string): boolean => written.split(/[,;\s]+(?:\p{L}{1,4}\s+)?/u).every(isAddress);

/** An address of a network card (IEEE 802). */
const ofHardware = /^(?:[0-9]{2}:){5}[0-9]{2}$/;

/** Whether digits are of a form that is known to be no card. */
export const isForeign = (text: string, { start, end }: Place): boolean =>
  (end - start <= addressesLongest && areAddresses(text.slice(start, end))) ||
  (text[start - 1] === '+' && end - start < 32 && international.test(text.slice(start - 1, end))) ||
  (end - start < 32 &&
    (ofHardware.test(text.slice(start, end)) ||
      fraction.test(text.slice(start, end)) ||
      place.test(text.slice(start, end)))) ||
  (end - start === 27 && parcel.test(text.slice(start, end)));
