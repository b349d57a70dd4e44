import { type Revenue, readRevenue } from '../attribution/readRevenue.ts'
import { type Database, rows } from '../database.ts'
import { Problem } from '../errors.ts'
import { readSettings } from '../settings/readSettings.ts'
import { type BounceReason, bouncesOf } from './bounces.ts'
import { type Alike, countAlike, sumOf } from './countAlike.ts'
import { type DomainCounts, domainsOf } from './domains.ts'
import { type Funnel, funnelOf } from './funnel.ts'
import { type Goal, type HoldoutResult, holdoutOf } from './holdout.ts'
import { type ClickedLink, linksOf } from './links.ts'
import { type OverTime, overTimeOf } from './overTime.ts'

/** One of two messages that were compared. */
export type VariantCounts = {
  variant: string
  recipients: number
  sent: number
  opened: number
  clicked: number
  unsubscribed: number
}

/** What became of a campaign. */
export type Report = {
  funnel: Funnel
  over_time: OverTime
  links: ClickedLink[]
  /** Further links that fewer people followed. */
  more_links: number
  bounces: BounceReason[]
  domains: DomainCounts[]
  variants: VariantCounts[]
  revenue: Revenue
  holdout: HoldoutResult | null
}

/**
 * The report of a campaign, as things stand. Set-based: a few passes over its messages, whatever else there is.
 *
 * @param compared what counts as a success beside those held out, and for how long
 * @throws Problem 'not_found'
 */
export async function readReport(
  db: Database,
  campaign: number,
  compared: { goal: Goal; days: number },
  now: Date,
): Promise<Report> {
  const found = await rows(db, 'SELECT id FROM campaigns WHERE id = ?', [campaign])
  if (found.length === 0) throw new Problem('not_found', `There is no campaign ${campaign}`)
  const { timeZone } = await readSettings(db)
  const alike = await countAlike(db, campaign)
  const { links, more } = await linksOf(db, campaign)
  return {
    funnel: await funnelOf(db, campaign, alike),
    over_time: await overTimeOf(db, campaign, timeZone, now),
    links,
    more_links: more,
    bounces: await bouncesOf(db, campaign),
    domains: await domainsOf(db, campaign),
    variants: variantsIn(alike),
    revenue: await readRevenue(db, { campaign }),
    holdout: await holdoutOf(db, campaign, compared),
  }
}

function variantsIn(alike: readonly Alike[]): VariantCounts[] {
  const names = [...new Set(alike.flatMap(({ variant }) => variant ?? []))].sort()
  return names.map((name) => {
    const own = alike.filter(({ variant }) => variant === name)
    return {
      variant: name,
      recipients: sumOf(own, () => true),
      sent: sumOf(own, ({ state }) => state === 'sent' || state === 'delivered'),
      opened: sumOf(own, ({ opened }) => opened),
      clicked: sumOf(own, ({ clicked }) => clicked),
      unsubscribed: sumOf(own, ({ unsubscribed }) => unsubscribed),
    }
  })
}
