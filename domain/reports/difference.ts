/** So many of so many did something. */
export type Share = { did: number; of: number }

/** The normal distribution holds 95 % of its mass within so many standard deviations. */
const Z = 1.959963984540054

/**
 * In which shares of a whole population what was seen in a sample would be nothing unusual, at 95 %: Wilson's score
 * interval (E. B. Wilson, “Probable inference, the law of succession, and statistical inference”, Journal of the American
 * Statistical Association 22, 1927). With p = did / of and n = of, the shares q for which |p − q| ≤ z · √(q (1 − q) / n).
 *
 * @returns both ends, within 0 and 1; everything when nobody was asked
 */
export function wilson({ did, of }: Share): { low: number; high: number } {
  if (of === 0) return { low: 0, high: 1 }
  const p = did / of
  const zz = Z * Z
  const middle = (p + zz / (2 * of)) / (1 + zz / of)
  const half = (Z / (1 + zz / of)) * Math.sqrt((p * (1 - p)) / of + zz / (4 * of * of))
  return {
    low: did === 0 ? 0 : Math.max(0, middle - half),
    high: did === of ? 1 : Math.min(1, middle + half),
  }
}

/**
 * The difference of two shares with its 95 % interval: Newcombe's hybrid score interval, his method 10 (R. G. Newcombe,
 * “Interval estimation for the difference between independent proportions: comparison of eleven methods”, Statistics in
 * Medicine 17, 1998). With [l, u] Wilson's interval of each share: from d − √((p₁ − l₁)² + (u₂ − p₂)²) to
 * d + √((u₁ − p₁)² + (p₂ − l₂)²). Unlike the textbook's ± 1.96 standard errors it holds for small shares and small groups.
 */
export function newcombe(one: Share, other: Share): { difference: number; low: number; high: number } {
  const [p1, p2] = [shareOf(one), shareOf(other)]
  const [w1, w2] = [wilson(one), wilson(other)]
  const difference = p1 - p2
  return {
    difference,
    low: difference - Math.hypot(p1 - w1.low, w2.high - p2),
    high: difference + Math.hypot(w1.high - p1, p2 - w2.low),
  }
}

const shareOf = ({ did, of }: Share): number => (of === 0 ? 0 : did / of)

/** Groups smaller than this, and groups in which fewer did (or did not), say nothing yet. */
const FEWEST = { customers: 50, did: 5 }

/** What can be said of a difference: nothing yet, that none shows, or which way it goes. */
export type Verdict = 'too_few' | 'none_seen' | 'more' | 'fewer'

/**
 * @param one those who got the message
 * @param other those who were held out
 */
export function verdictOn(one: Share, other: Share): Verdict {
  const isFew = ({ did, of }: Share) => of < FEWEST.customers || of - did < FEWEST.did
  // in one group there may be nobody, as long as enough did in both together
  if (isFew(one) || isFew(other) || one.did + other.did < 2 * FEWEST.did) return 'too_few'
  const { low, high } = newcombe(one, other)
  if (low > 0) return 'more'
  return high < 0 ? 'fewer' : 'none_seen'
}
