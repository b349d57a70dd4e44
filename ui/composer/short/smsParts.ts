/** What a network makes of an SMS: its letters decide the alphabet, and that how much fits into a part. */
export type SmsParts = {
  alphabet: 'small' | 'large'
  parts: number
  /** How much of it is used, in units of the alphabet: letters of the small one, some of which count twice. */
  used: number
  /** How much of the last part is free, in the same units. */
  free: number
  /** The different characters that the small alphabet lacks, in the order of the text. */
  odd: string[]
  /** How many parts it would be without {@link odd}. */
  partsWithoutOdd: number
}

/** GSM 03.38: one unit each. */
const SMALL = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
/** Its extension: two units each, never torn apart. */
const EXTENSION = new Set('^{}\\[~]|€\f')

/** Units in a message of one part, and in each part of a longer one, which carries a header: 140 and 134 bytes. */
const ROOM = { small: { one: 160, each: 153 }, large: { one: 70, each: 67 } } as const

/**
 * Counts the parts that a text is sent and paid in (3GPP TS 23.038 and 23.040). What needs two units, a letter of the
 * extension or a character outside Unicode's first plane, begins a new part where only one is left.
 */
export function smsParts(text: string): SmsParts {
  const characters = [...text]
  const odd = [...new Set(characters.filter((one) => !SMALL.has(one) && !EXTENSION.has(one)))]
  const alphabet = odd.length === 0 ? 'small' : 'large'
  const { parts, used, free } = fill(sizesIn(alphabet, characters), ROOM[alphabet])
  const rest = characters.filter((one) => !odd.includes(one))
  const partsWithoutOdd = odd.length === 0 ? parts : fill(sizesIn('small', rest), ROOM.small).parts
  return { alphabet, parts, used, free, odd, partsWithoutOdd }
}

const sizesIn = (alphabet: SmsParts['alphabet'], characters: readonly string[]): number[] =>
  characters.map((one) => (alphabet === 'large' ? one.length : EXTENSION.has(one) ? 2 : 1))

function fill(sizes: readonly number[], { one, each }: { one: number; each: number }) {
  const used = sizes.reduce((sum, size) => sum + size, 0)
  if (used <= one) return { parts: 1, used, free: one - used }
  let parts = 1
  let free = each
  for (const size of sizes) {
    if (size > free) {
      parts += 1
      free = each
    }
    free -= size
  }
  return { parts, used, free }
}
