import { type Database, rows } from '../database.ts'

/** How many messages of a campaign are alike in all that its report counts. */
export type Alike = {
  state: string
  variant: string | null
  opened: number
  clicked: number
  machineOpened: number
  machineClicked: number
  unsubscribed: number
  complained: number
  count: number
}

const FLAGS = {
  opened: 'opened_at',
  clicked: 'clicked_at',
  machineOpened: 'machine_opened_at',
  machineClicked: 'machine_clicked_at',
  unsubscribed: 'unsubscribed_at',
  complained: 'complained_at',
} as const

/** One pass over the messages of a campaign, from which every number of the funnel and of the compared messages follows. */
export function countAlike(db: Database, campaign: number): Promise<Alike[]> {
  const flags = Object.entries(FLAGS).map(([name, column]) => `${column} IS NOT NULL AS ${name}`)
  return rows<Alike>(
    db,
    `SELECT state, variant, ${flags.join(', ')}, COUNT(*) AS count FROM deliveries WHERE campaign_id = ? AND NOT test
     GROUP BY state, variant, ${Object.keys(FLAGS).join(', ')}`,
    [campaign],
  )
}

/** How many of them are meant. */
export const sumOf = (alike: readonly Alike[], isMeant: (group: Alike) => boolean | number): number =>
  alike.reduce((total, group) => (isMeant(group) ? total + group.count : total), 0)
