/** What writing programs put in the place of what the keyboard has, and what the small alphabet of SMS has for it. */
const PLAINER: ReadonlyMap<string, string> = new Map(
  [
    ['“”„‟″«»', '"'],
    ['‘’‚‛′‹›`´', "'"],
    ['‐‑‒–—―−', '-'],
    ['\u00a0\u2007\u2009\u202f\t', ' '],
    ['•·', '-'],
    ['\u00ad\u200b\u2060', ''],
    ['…', '...'],
    ['™', 'TM'],
  ].flatMap(([from = '', to = '']) => [...from].map((one): [string, string] => [one, to])),
)

/** A text with what can be written in the small alphabet of SMS without being read as something else. */
export const plainer = (text: string): string => [...text].map((one) => PLAINER.get(one) ?? one).join('')
